import { expect, test } from 'vitest';
import { filterOf, isNarrowed, rangesOf, toggled, widened, withRange } from './filter';

test('only words of the catalogue are asked, newest first where nothing is said', () => {
  expect(filterOf({ q: 'tern', view: 'table' })).toEqual({ q: 'tern', sort: '-created' });
  expect(filterOf({ sort: 'name' })).toEqual({ sort: 'name' });
});

test('a word goes into a list and out of it again', () => {
  expect(toggled(undefined, 'model')).toBe('model');
  expect(toggled('model', 'code')).toBe('model,code');
  expect(toggled('model,code', 'model')).toBe('code');
  expect(toggled('code', 'code')).toBeUndefined();
});

test('ranges change one metric at a time', () => {
  const one = withRange(undefined, 'license', { from: '0.5', to: '' });
  expect(one).toBe('license:0.5..');
  const two = withRange(one, 'net_score', { from: '', to: '0.8' });
  expect(rangesOf(two)).toEqual({
    license: { from: '0.5', to: '' },
    net_score: { from: '', to: '0.8' },
  });
  expect(withRange(two, 'license', { from: '', to: '' })).toBe('net_score:..0.8');
});

test('sorting narrows nothing down', () => {
  expect(isNarrowed({ sort: 'name', view: 'table' })).toBe(false);
  expect(isNarrowed({ task: 'fill-mask' })).toBe(true);
  expect(isNarrowed({ task: 'fill-mask', ...widened })).toBe(false);
});
