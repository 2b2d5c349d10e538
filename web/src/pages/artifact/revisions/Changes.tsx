import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { evidence, files } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { metricName } from '@/components/metrics';
import { bytes, commit, score } from '@/lib/format';
import { Badge } from '@/ui/Badge';
import { Card } from '@/ui/Card';
import { Skeleton } from '@/ui/Skeleton';
import { useArtifact } from '../useArtifact';
import { changedFiles, changedScores } from './difference';

/** What changed from one revision to another: files and scores. */
export function Changes({ from, to }: { from: string; to: string }) {
  const { type, id } = useArtifact();
  return (
    <Card title={`From ${commit(from)} to ${commit(to)}`}>
      <div className="grid gap-6 lg:grid-cols-2">
        <Files from={{ type, id, revision: from }} to={{ type, id, revision: to }} />
        {type === 'model' && (
          <Scores from={{ type, id, revision: from }} to={{ type, id, revision: to }} />
        )}
      </div>
    </Card>
  );
}

type Both = { from: Parameters<typeof files>[0]; to: Parameters<typeof files>[0] };

const TONES = { added: 'good', removed: 'bad', changed: 'warn' } as const;

function Files({ from, to }: Both) {
  const before = useQuery(files(from));
  const after = useQuery(files(to));
  return (
    <Part title="Files">
      <Loaded query={before} skeleton={<Skeleton />}>
        {(old) => (
          <Loaded query={after} skeleton={<Skeleton />}>
            {(now) => {
              const changes = changedFiles(old.files, now.files);
              return changes.length === 0 ? (
                <p className="text-muted">All files are the same.</p>
              ) : (
                <ul className="grid gap-1">
                  {changes.map(({ path, change, sizeBytes }) => (
                    <li key={path} className="flex items-center gap-3">
                      <Badge tone={TONES[change]}>{change}</Badge>
                      <span className="truncate">{path}</span>
                      <span className="ml-auto text-muted">{bytes(sizeBytes)}</span>
                    </li>
                  ))}
                </ul>
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </Part>
  );
}

function Scores({ from, to }: Both) {
  const before = useQuery(evidence(from));
  const after = useQuery(evidence(to));
  return (
    <Part title="Scores">
      <Loaded query={before} skeleton={<Skeleton />}>
        {(old) => (
          <Loaded query={after} skeleton={<Skeleton />}>
            {(now) => {
              const changes = changedScores(old.rating, now.rating);
              return changes.length === 0 ? (
                <p className="text-muted">All scores are the same.</p>
              ) : (
                <ul className="grid gap-1">
                  {changes.map(({ metric, before: was, after: is }) => (
                    <li key={metric} className="flex gap-3">
                      <span>{metric === 'net_score' ? 'Net score' : metricName(metric)}</span>
                      <span className={`ml-auto font-mono ${is > was ? 'text-good' : 'text-bad'}`}>
                        {score(was)} → {score(is)}
                      </span>
                    </li>
                  ))}
                </ul>
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 font-semibold">{title}</h3>
      {children}
    </section>
  );
}
