import { expect, test } from 'vitest';
import type { ArtifactFile, Derivation } from '@/api/generated/types.gen';
import { changedFiles, changedScores } from './difference';

const file = (path: string, sha256: string) => ({ path, sha256, size_bytes: 1 }) as ArtifactFile;

test('files are told apart by their bytes', () => {
  const before = [file('same', 'a'), file('gone', 'b'), file('other', 'c')];
  const after = [file('new', 'e'), file('other', 'd'), file('same', 'a')];
  expect(changedFiles(before, after).map(({ path, change }) => [path, change])).toEqual([
    ['gone', 'removed'],
    ['new', 'added'],
    ['other', 'changed'],
  ]);
});

test('only scores that read differently have changed', () => {
  const rating = (net_score: number, license: number) =>
    ({ net_score, metrics: [{ metric: 'license', score: license }] }) as Derivation;
  expect(changedScores(rating(0.5, 0.2), rating(0.501, 0.9))).toEqual([
    { metric: 'license', before: 0.2, after: 0.9 },
  ]);
});
