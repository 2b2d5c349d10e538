import { expect, test } from 'vitest';
import { searchOf, searchText } from './search';

test('a query stays as it was through writing and reading', () => {
  const search = { q: 'a b&c', score: 'net_score:0.5..,license:1..', regex: '^a+$' };
  expect(searchOf(searchText(search))).toEqual(search);
});

test('what is not said is not written', () => {
  expect(searchText({ q: '', type: undefined })).toBe('');
});

test('ranges and lists stay readable', () => {
  expect(searchText({ score: 'net_score:0.5..1,license:1..' })).toBe(
    '?score=net_score:0.5..1,license:1..',
  );
});
