import { useQuery } from '@tanstack/react-query';
import type { HealthStatus } from '@/api/generated/types.gen';
import { healthComponents, healthSummary } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { Page } from '@/components/Page';
import { seconds } from '@/lib/format';
import { useSearchState } from '@/lib/useSearchState';
import { Badge } from '@/ui/Badge';
import { Select } from '@/ui/Field';
import { Skeleton } from '@/ui/Skeleton';
import { Benchmark } from './Benchmark';
import { Component } from './Component';
import { LogTail } from './LogTail';
import { Traffic } from './Traffic';

const WINDOWS: [number, string][] = [
  [15, 'Last 15 minutes'],
  [60, 'Last hour'],
  [360, 'Last 6 hours'],
  [1440, 'Last day'],
];

const REFRESH_MS = 15_000;

export const HEALTH: Record<
  HealthStatus,
  { word: string; tone: 'good' | 'warn' | 'bad' | 'plain' }
> = {
  ok: { word: 'Well', tone: 'good' },
  degraded: { word: 'Degraded', tone: 'warn' },
  critical: { word: 'Critical', tone: 'bad' },
  unknown: { word: 'Unknown', tone: 'plain' },
};

/** How the registry is: its parts, its requests, its log and its speed. */
export function StatusPage() {
  const [search, change] = useSearchState();
  const minutes = WINDOWS.find(([value]) => String(value) === search.window)?.[0] ?? 60;
  const summary = useQuery({ ...healthSummary(), refetchInterval: REFRESH_MS });
  const components = useQuery({ ...healthComponents(minutes), refetchInterval: REFRESH_MS });
  return (
    <Page
      title="Health"
      lead={
        summary.data && (
          <>
            <Badge tone={HEALTH[summary.data.status].tone}>
              {HEALTH[summary.data.status].word}
            </Badge>{' '}
            version {summary.data.version}, running for {seconds(summary.data.uptime_seconds)}
          </>
        )
      }
      aside={
        <Select
          label="Window"
          hideLabel
          className="w-auto!"
          value={minutes}
          onChange={(event) => change({ window: event.target.value })}
        >
          {WINDOWS.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      }
    >
      <Loaded query={components} skeleton={<Skeleton lines={4} height="9rem" />}>
        {(data) => (
          <>
            <Traffic api={data.components.find(({ id }) => id === 'api')} summary={summary} />
            <section>
              <h2 className="mb-3 text-[1.35rem] font-semibold">Components</h2>
              <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
                {data.components.map((component) => (
                  <Component key={component.id} component={component} />
                ))}
              </ul>
            </section>
            <div className="grid items-start gap-6 xl:grid-cols-2">
              <Benchmark />
              <LogTail components={data.components} />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
}
