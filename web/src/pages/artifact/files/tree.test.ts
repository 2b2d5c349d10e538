import { expect, test } from 'vitest';
import type { ArtifactFile } from '@/api/generated/types.gen';
import { treeOf } from './tree';

const file = (path: string, size_bytes: number) => ({ path, size_bytes }) as ArtifactFile;

test('a folder counts everything below it', () => {
  const root = treeOf([file('a.txt', 1), file('one/b.txt', 10), file('one/two/c.txt', 100)]);
  expect([root.fileCount, root.sizeBytes]).toEqual([3, 111]);
  expect(root.files.map(({ path }) => path)).toEqual(['a.txt']);
  const one = root.folders[0];
  expect([one?.name, one?.fileCount, one?.sizeBytes]).toEqual(['one', 2, 110]);
  expect(one?.folders[0]?.files[0]?.path).toBe('one/two/c.txt');
});

test('folders of one name in different places stay apart', () => {
  const root = treeOf([file('a/x/1', 1), file('b/x/2', 2)]);
  expect(root.folders.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
});
