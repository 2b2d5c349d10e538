import { expect, test } from 'vitest';
import { figure, figureName } from './figures';

test('a figure is read by the unit in its name', () => {
  expect(figure('resident_bytes', 2_500_000)).toBe('2.5 MB');
  expect(figure('p99_ms', 12)).toBe('12 ms');
  expect(figure('oldest_wait_seconds', 75)).toBe('1 min 15 s');
  expect(figure('requests', 1234)).toBe('1,234');
  expect(figure('writable', true)).toBe('yes');
  expect(figure('mode', 'wal')).toBe('wal');
  expect(figure('nothing', null)).toBe('–');
  expect(figureName('free_disk_bytes')).toBe('Free disk');
});
