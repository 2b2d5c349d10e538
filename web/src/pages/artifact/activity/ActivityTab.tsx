import { useQuery } from '@tanstack/react-query';
import type { ArtifactAuditEntry, AuditAction } from '@/api/generated/types.gen';
import { activity } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { ago, moment } from '@/lib/format';
import { Card } from '@/ui/Card';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { useArtifact } from '../useArtifact';

const ACTIONS: Record<AuditAction, string> = {
  CREATE: 'registered it',
  UPDATE: 'updated it',
  DOWNLOAD: 'downloaded it',
  RATE: 'asked for its rating',
  AUDIT: 'looked at this trail',
};

/** Who did what with it, newest first. */
export function ActivityTab() {
  const query = useQuery(activity(useArtifact()));
  return (
    <Card title="Activity">
      <Loaded query={query} skeleton={<Skeleton lines={6} height="1.8rem" />}>
        {(entries) =>
          entries.length === 0 ? (
            <Notice title="Nothing has happened yet" />
          ) : (
            <Trail entries={entries} />
          )
        }
      </Loaded>
    </Card>
  );
}

function Trail({ entries }: { entries: ArtifactAuditEntry[] }) {
  const newest = entries.toSorted((one, other) => other.date.localeCompare(one.date));
  return (
    <ol className="relative grid gap-3 border-l border-line pl-5">
      {newest.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries of one moment have nothing else
        <li key={`${entry.date} ${index}`} className="relative">
          <span
            aria-hidden
            className="absolute top-1.5 -left-[1.6rem] size-2.5 rounded-full bg-gold-deep"
          />
          <span className="font-medium">{entry.user.name}</span> {ACTIONS[entry.action]}
          <time dateTime={entry.date} title={moment(entry.date)} className="ml-2 text-muted">
            {ago(entry.date)}
          </time>
        </li>
      ))}
    </ol>
  );
}
