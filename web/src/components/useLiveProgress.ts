import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { zIngestProgress } from '@/api/generated/zod.gen';
import { type ArtifactRef, progress } from '@/api/queries';
import { addresses } from '@/lib/paths';

/** How far an ingest is, kept up to date by the server's events while it goes on. */
export function useLiveProgress({ type, id }: ArtifactRef, listen = true) {
  const queries = useQueryClient();
  const query = useQuery(progress({ type, id }));
  const isGoing = query.data?.state === 'waiting' || query.data?.state === 'running';
  useEffect(() => {
    if (!isGoing || !listen) return;
    const events = new EventSource(addresses.progress(type, id));
    events.onmessage = (event) => {
      const report = zIngestProgress.parse(JSON.parse(event.data));
      queries.setQueryData(progress({ type, id }).queryKey, report);
      if (report.state === 'waiting' || report.state === 'running') return;
      events.close();
      queries.invalidateQueries({ queryKey: ['artifact', type, id] });
      queries.invalidateQueries({ queryKey: ['catalog'] });
    };
    return () => events.close();
  }, [isGoing, listen, type, id, queries]);
  return query;
}
