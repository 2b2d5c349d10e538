import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { lineage } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { count } from '@/lib/format';
import { useSearchState } from '@/lib/useSearchState';
import { Card } from '@/ui/Card';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { useArtifact } from '../useArtifact';

const Graph = lazy(() => import('./Graph'));

const EXTRAS: [string, string][] = [
  ['external', 'Not registered'],
  ['datasets', 'Data sets'],
  ['code', 'Code'],
];

/** Everything this came from and everything that came from it. */
export function LineageTab() {
  const ref = useArtifact();
  const [search, change] = useSearchState();
  const include = search.include ?? 'external,datasets,code';
  const chosen = include.split(',');
  const query = useQuery(lineage(ref, include === 'none' ? '' : include));
  const toggle = (extra: string) => {
    const next = EXTRAS.map(([key]) => key).filter(
      (key) => chosen.includes(key) !== (key === extra),
    );
    change({ include: next.length === EXTRAS.length ? undefined : next.join(',') || 'none' });
  };
  return (
    <Card
      title="Lineage"
      aside={
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
          <legend className="sr-only">Show also</legend>
          {EXTRAS.map(([key, label]) => (
            <label key={key} className="flex cursor-pointer items-center gap-1.5">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={chosen.includes(key)}
                onChange={() => toggle(key)}
              />
              {label}
            </label>
          ))}
        </fieldset>
      }
    >
      <Loaded query={query} skeleton={<Skeleton lines={1} height="26rem" />}>
        {(graph) =>
          graph.nodes.length < 2 ? (
            <Notice title="It stands alone">
              No registered model is its parent or its child, and its card names none.
            </Notice>
          ) : (
            <>
              <p className="mb-2 text-muted">
                {count(graph.nodes.length)} nodes, {count(graph.edges.length)} edges. Arrows lead
                from the base to what was made from it.
              </p>
              <Suspense fallback={<Skeleton lines={1} height="26rem" />}>
                <Graph graph={graph} centre={ref.id} />
              </Suspense>
            </>
          )
        }
      </Loaded>
    </Card>
  );
}
