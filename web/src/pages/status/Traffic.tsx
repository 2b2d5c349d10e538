import type { UseQueryResult } from '@tanstack/react-query';
import type { HealthComponentDetail, HealthSummaryResponse } from '@/api/generated/types.gen';
import { Loaded } from '@/components/Loaded';
import { count, words } from '@/lib/format';
import { Card } from '@/ui/Card';
import { figure, figureName } from './figures';
import { Timeline } from './Timeline';

type Props = {
  api: HealthComponentDetail | undefined;
  summary: UseQueryResult<HealthSummaryResponse>;
};

/** How requests are answered, over time, by route and by type. */
export function Traffic({ api, summary }: Props) {
  return (
    <div className="grid gap-6 xl:grid-cols-[3fr_2fr]">
      <Card title="Requests">
        {api && (
          <>
            <dl className="mb-4 grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3">
              {Object.entries(api.metrics).map(([name, value]) => (
                <div key={name}>
                  <dt className="text-[0.87rem] text-muted">{figureName(name)}</dt>
                  <dd className="font-serif text-[1.5rem] leading-tight font-semibold">
                    {figure(name, value)}
                  </dd>
                </div>
              ))}
            </dl>
            <Timeline entries={api.timeline ?? []} label="Requests a minute" />
          </>
        )}
      </Card>
      <Card
        title="What was asked"
        aside={<span className="text-[0.87rem] text-muted">last hour</span>}
      >
        <Loaded query={summary}>
          {({ request_summary }) => (
            <div className="grid gap-4">
              <Shares title="By route" of={request_summary.per_route} />
              <Shares title="By type" of={request_summary.per_artifact_type} />
            </div>
          )}
        </Loaded>
      </Card>
    </div>
  );
}

const SHOWN = 7;

function Shares({ title, of }: { title: string; of: Record<string, number> }) {
  const entries = Object.entries(of).sort(([, one], [, other]) => other - one);
  const most = entries[0]?.[1] ?? 1;
  return (
    <div>
      <h3 className="mb-1.5 text-[0.87rem] font-semibold">{title}</h3>
      {entries.length === 0 && <p className="text-muted">None.</p>}
      <ul className="grid gap-1">
        {entries.slice(0, SHOWN).map(([name, requests]) => (
          <li key={name} className="relative flex justify-between gap-3 rounded px-2 py-0.5">
            <span
              aria-hidden
              className="absolute inset-y-0 left-0 rounded bg-accent-soft"
              style={{ width: `${(requests / most) * 100}%` }}
            />
            <span className="relative truncate font-mono text-[0.85rem]">
              {name.startsWith('/') || name.includes(' ') ? name : words(name)}
            </span>
            <span className="relative text-[0.9rem]">{count(requests)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
