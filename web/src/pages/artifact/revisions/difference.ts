import type { ArtifactFile, Derivation } from '@/api/generated/types.gen';

export type FileChange = {
  path: string;
  change: 'added' | 'removed' | 'changed';
  sizeBytes: number;
};

/** Files that only one of two manifests has, or that have other bytes; by path. */
export function changedFiles(before: ArtifactFile[], after: ArtifactFile[]): FileChange[] {
  const old = new Map(before.map((file) => [file.path, file]));
  const now = new Map(after.map((file) => [file.path, file]));
  const gone = before.filter(({ path }) => !now.has(path));
  const changes: FileChange[] = [
    ...gone.map(({ path, size_bytes }) => ({
      path,
      change: 'removed' as const,
      sizeBytes: size_bytes,
    })),
    ...after.flatMap((file) => {
      const was = old.get(file.path);
      if (was && was.sha256 === file.sha256 && was.size_bytes === file.size_bytes) return [];
      const change = was ? ('changed' as const) : ('added' as const);
      return [{ path: file.path, change, sizeBytes: file.size_bytes }];
    }),
  ];
  return changes.sort((one, other) => one.path.localeCompare(other.path));
}

export type ScoreChange = { metric: string; before: number; after: number };

/** Scores that differ where two decimals are shown, the net score first. */
export function changedScores(before: Derivation, after: Derivation): ScoreChange[] {
  const scores = (rating: Derivation) =>
    new Map([
      ['net_score', rating.net_score],
      ...rating.metrics.map(({ metric, score }) => [metric, score] as const),
    ]);
  const old = scores(before);
  return [...scores(after)].flatMap(([metric, is]) => {
    const was = old.get(metric);
    const differs = was !== undefined && Math.abs(was - is) >= 0.005;
    return differs ? [{ metric, before: was, after: is }] : [];
  });
}
