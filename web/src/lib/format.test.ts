import { describe, expect, test } from 'vitest';
import { ago, bytes, repository, seconds, words } from './format';

describe('sizes', () => {
  test('are in powers of a thousand with at most one decimal', () => {
    expect(bytes(0)).toBe('0 bytes');
    expect(bytes(999)).toBe('999 bytes');
    expect(bytes(1000)).toBe('1 kB');
    expect(bytes(91_600_000)).toBe('91.6 MB');
    expect(bytes(5e15)).toBe('5 PB');
    expect(bytes(5e19)).toBe('50,000 PB');
  });
});

describe('spans of time', () => {
  test('have their two largest units', () => {
    expect(seconds(0.0123)).toBe('12 ms');
    expect(seconds(1.25)).toBe('1.3 s');
    expect(seconds(42.4)).toBe('42 s');
    expect(seconds(125)).toBe('2 min 5 s');
    expect(seconds(3 * 3600 + 60)).toBe('3 h 1 min');
    expect(seconds(50 * 3600)).toBe('2 d 2 h');
  });

  test('never show sixty seconds or sixty minutes', () => {
    expect(seconds(119.7)).toBe('2 min 0 s');
    expect(seconds(59.7)).toBe('1 min 0 s');
  });

  test('are told from now', () => {
    const now = Date.UTC(2026, 0, 2);
    expect(ago('2026-01-01T00:00:00Z', now)).toBe('yesterday');
    expect(ago('2026-01-01T21:00:00Z', now)).toBe('3 hours ago');
    expect(ago('2026-01-01T23:59:58Z', now)).toBe('2 seconds ago');
  });
});

test('words of the API become those of people', () => {
  expect(words('ramp_up_time')).toBe('Ramp up time');
});

test('an address is shown as the repository that it names', () => {
  expect(repository('https://huggingface.co/google/bert/tree/abc')).toBe('google/bert');
  expect(repository('https://huggingface.co/datasets/squad')).toBe('squad');
  expect(repository('no address')).toBe('no address');
});
