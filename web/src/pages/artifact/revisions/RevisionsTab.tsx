import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { updateArtifact } from '@/api/generated/sdk.gen';
import type { ArtifactRevision, CatalogItem } from '@/api/generated/types.gen';
import { asProblem } from '@/api/problem';
import { catalogEntry, revisions } from '@/api/queries';
import { IngestStages } from '@/components/IngestStages';
import { Loaded } from '@/components/Loaded';
import { useLiveProgress } from '@/components/useLiveProgress';
import { bytes, commit, count, moment, score } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useSearchState } from '@/lib/useSearchState';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Card } from '@/ui/Card';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { useArtifact } from '../useArtifact';
import { Changes } from './Changes';

/** Every pinned revision, what changed between two, and the newest to be had. */
export function RevisionsTab() {
  const ref = useArtifact();
  const list = useQuery(revisions(ref));
  const entry = useQuery(catalogEntry(ref));
  const [{ from, to }] = useSearchState();
  return (
    <div className="grid gap-6">
      <Card title="Revisions" aside={entry.data && <TakeNewest item={entry.data} />}>
        <Loaded query={list} skeleton={<Skeleton lines={4} height="3rem" />}>
          {(all) => (
            <ol className="divide-y divide-line">
              {all.map((revision) => (
                <Line key={revision.id} revision={revision} isOnly={all.length === 1} />
              ))}
            </ol>
          )}
        </Loaded>
      </Card>
      {from && to && from !== to && <Changes from={from} to={to} />}
    </div>
  );
}

function Line({ revision, isOnly }: { revision: ArtifactRevision; isOnly: boolean }) {
  const { type, id } = useArtifact();
  const [search, change] = useSearchState();
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-1 py-3">
      <Link
        to={paths.artifact(type, id)}
        search={revision.current ? {} : { revision: revision.commit }}
        className="font-mono text-accent hover:underline"
      >
        {commit(revision.commit)}
      </Link>
      {revision.current ? <Badge tone="good">Current</Badge> : <Badge>{revision.state}</Badge>}
      <span className="text-muted">{moment(revision.published_at)}</span>
      <span className="text-muted">
        {count(revision.files)} files, {bytes(revision.size_bytes)}
      </span>
      {typeof revision.net_score === 'number' && (
        <span className="font-mono">{score(revision.net_score)}</span>
      )}
      {!isOnly && (
        <fieldset className="ml-auto flex gap-4">
          <legend className="sr-only">Compare {commit(revision.commit)}</legend>
          {(['from', 'to'] as const).map((end) => (
            <label key={end} className="flex items-center gap-1.5">
              <input
                type="radio"
                name={end}
                className="accent-accent"
                checked={search[end] === revision.commit}
                onChange={() => change({ [end]: revision.commit })}
              />
              {end}
            </label>
          ))}
        </fieldset>
      )}
    </li>
  );
}

function TakeNewest({ item }: { item: CatalogItem }) {
  const queries = useQueryClient();
  const report = useLiveProgress({ type: item.type, id: item.id });
  const update = useMutation({
    mutationFn: () =>
      updateArtifact({
        path: { artifact_type: item.type, id: item.id },
        body: {
          metadata: { id: item.id, name: item.name, type: item.type },
          data: { url: headOf(item.url) },
        },
        throwOnError: true,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['artifact', item.type, item.id] }),
  });
  const state = report.data?.state;
  const isGoing = state === 'waiting' || state === 'running';
  return (
    <div className="grid justify-items-end gap-2">
      <Button disabled={update.isPending || isGoing} onClick={() => update.mutate()}>
        {isGoing ? 'Taking the newest…' : 'Take the newest'}
      </Button>
      {update.isError && (
        <Notice kind="bad" title="That did not work">
          {asProblem(update.error).message}
        </Notice>
      )}
      {isGoing && report.data && <IngestStages report={report.data} />}
    </div>
  );
}

/** The address of a repository without the revision that is pinned. */
const headOf = (url: string) => url.replace(/\/(tree|commit)\/[^/]+$/, '');
