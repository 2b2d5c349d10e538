import { ChevronDown } from 'lucide-react';
import type { MetricAnswer, Observation } from '@/api/generated/types.gen';
import { METRICS, metricName } from '@/components/metrics';
import { Streak } from '@/components/Streak';
import { percent, score, seconds } from '@/lib/format';
import { Badge } from '@/ui/Badge';
import { SeenAt } from './SeenAt';

/** A metric as a bar with its weight, opening to the evidence. */
export function MetricRow({ answer }: { answer: MetricAnswer }) {
  const asks = METRICS.find(({ key }) => key === answer.metric)?.asks;
  return (
    <li>
      <details className="group">
        <summary className="grid grid-cols-[minmax(0,1fr)_2.7rem_1rem] items-center gap-x-3 gap-y-1.5 rounded-md py-3 sm:grid-cols-[13rem_minmax(0,1fr)_2.7rem_7rem_1rem] [&::-webkit-details-marker]:hidden">
          <span className="min-w-0">
            <span className="block font-medium">{metricName(answer.metric)}</span>
            <span className="block text-[0.85rem] text-muted">{asks}</span>
          </span>
          <Streak
            score={answer.applies ? answer.score : undefined}
            label={metricName(answer.metric)}
            className="h-4 max-sm:order-last max-sm:col-span-3"
          />
          <span className="text-right font-mono">
            {answer.score < 0 || !answer.applies ? '–' : score(answer.score)}
          </span>
          <span className="text-right text-[0.85rem] text-muted max-sm:hidden">
            {answer.applies ? `weighs ${percent(answer.weight)}` : 'does not apply'}
          </span>
          <ChevronDown
            size={16}
            aria-hidden
            className="text-muted transition-transform group-open:rotate-180"
          />
        </summary>
        <div className="pb-4">
          <p className="mb-3 text-[0.87rem] text-muted">
            {percent(answer.coverage)} of the points rest on facts that were there; worked out in{' '}
            {seconds(answer.latency)}.
          </p>
          <ul className="grid gap-2">
            {answer.evidence.map((seen, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: evidence has no identity and never moves
              <Seen key={index} seen={seen} />
            ))}
          </ul>
        </div>
      </details>
    </li>
  );
}

function Seen({ seen }: { seen: Observation }) {
  return (
    <li className="grid grid-cols-[4.6rem_minmax(0,1fr)] gap-x-3 rounded-md bg-sunken px-3 py-2">
      <span className="pt-px font-mono text-[0.85rem]">
        {seen.unavailable ? <Badge tone="warn">unseen</Badge> : <Points seen={seen} />}
      </span>
      <span className="min-w-0">
        <span className="block wrap-anywhere">{seen.observation}</span>
        {seen.because && <span className="block text-[0.87rem] text-muted">{seen.because}</span>}
        <SeenAt address={seen.seen_at} />
      </span>
    </li>
  );
}

function Points({ seen }: { seen: Observation }) {
  if (seen.of === 0) return null;
  return (
    <span
      className={seen.points >= seen.of ? 'text-good' : seen.points > 0 ? 'text-warn' : 'text-bad'}
    >
      {score(seen.points)}/{score(seen.of)}
    </span>
  );
}
