import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { registerArtifact } from '@/api/generated/sdk.gen';
import { asProblem, Problem } from '@/api/problem';
import { catalogEntry } from '@/api/queries';
import { StatusBadge, TypeIcon } from '@/components/marks';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';
import type { Line } from './lines';

type Outcome = { id: string; isNew: boolean };

/** One address that was sent, and what became of it. */
export function Sent({ line }: { line: Line }) {
  const queries = useQueryClient();
  const { address = '', type = 'model' } = line;
  // A query, for it runs once however often this is drawn; a failed one is asked again by a button.
  const sent = useQuery({
    queryKey: ['registration', type, address],
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async (): Promise<Outcome> => {
      const outcome = await register(type, address);
      queries.invalidateQueries({ queryKey: ['catalog'] });
      return outcome;
    },
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <TypeIcon type={type} />
      <span className="min-w-0 flex-1 truncate">{address}</span>
      {sent.isFetching && <span className="text-muted">Sending…</span>}
      {sent.data && <Registered type={type} outcome={sent.data} />}
      {sent.isError && !sent.isFetching && (
        <>
          <span role="alert" className="text-bad">
            {asProblem(sent.error).message}
          </span>
          <Button size="small" onClick={() => sent.refetch()}>
            Try again
          </Button>
        </>
      )}
    </li>
  );
}

async function register(type: NonNullable<Line['type']>, url: string): Promise<Outcome> {
  try {
    const path = { artifact_type: type };
    const { data } = await registerArtifact({ path, body: { url }, throwOnError: true });
    return { id: data.metadata.id, isNew: true };
  } catch (error) {
    if (error instanceof Problem && error.status === 409 && error.artifactId) {
      return { id: error.artifactId, isNew: false };
    }
    throw error;
  }
}

function Registered({ type, outcome }: { type: NonNullable<Line['type']>; outcome: Outcome }) {
  const entry = useQuery({
    ...catalogEntry({ type, id: outcome.id }),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? 3000 : false),
  });
  return (
    <>
      {!outcome.isNew && <span className="text-muted">registered before</span>}
      {entry.data && <StatusBadge status={entry.data.status} />}
      <Link
        to={paths.artifact(type, outcome.id)}
        className="font-medium text-accent hover:underline"
      >
        Show it
      </Link>
    </>
  );
}
