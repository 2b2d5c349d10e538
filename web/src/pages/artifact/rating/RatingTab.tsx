import { useQuery } from '@tanstack/react-query';
import type { Blocking, Derivation } from '@/api/generated/types.gen';
import { evidence } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { metricName } from '@/components/metrics';
import { moment, percent, score } from '@/lib/format';
import { Card } from '@/ui/Card';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { useArtifact } from '../useArtifact';
import { DevicePicture } from './DevicePicture';
import { MetricRow } from './MetricRow';
import { SeenAt } from './SeenAt';

/** Every score with what it rests on. */
export function RatingTab() {
  const query = useQuery(evidence(useArtifact()));
  return (
    <Loaded query={query} skeleton={<Skeleton lines={12} height="3rem" />}>
      {({ rating }) => (
        <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid gap-4">
            {rating.blocking.map((finding) => (
              <Finding key={finding.code} finding={finding} />
            ))}
            <Card
              title="Eleven questions"
              aside={
                <span className="text-[0.87rem] text-muted">each opens to what it rests on</span>
              }
            >
              <ul className="-mb-2 divide-y divide-line">
                {rating.metrics.map((answer) => (
                  <MetricRow key={answer.metric} answer={answer} />
                ))}
              </ul>
            </Card>
          </div>
          <div className="grid gap-6">
            <Summary rating={rating} />
            <DevicePicture devices={rating.size} />
          </div>
        </div>
      )}
    </Loaded>
  );
}

function Finding({ finding }: { finding: Blocking }) {
  return (
    <Notice kind="bad" title={finding.summary}>
      <SeenAt address={finding.seen_at} />
    </Notice>
  );
}

function Summary({ rating }: { rating: Derivation }) {
  return (
    <Card title="In short">
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-2">
        <dt className="text-muted">Net score</dt>
        <dd className="font-mono">{score(rating.net_score)}</dd>
        <dt className="text-muted">Rests on facts that were there</dt>
        <dd>{percent(rating.coverage)}</dd>
        <dt className="text-muted">Weakest</dt>
        <dd>{metricName(rating.weakest)}</dd>
        <dt className="text-muted">Kind</dt>
        <dd>{rating.category}</dd>
        <dt className="text-muted">Facts collected</dt>
        <dd className="text-right">{moment(rating.collected_at)}</dd>
      </dl>
      {rating.provisional.length > 0 && (
        <div className="mt-4">
          <Notice kind="warn" title="Provisional">
            For a passing reason these could not be had: {rating.provisional.join(', ')}.
          </Notice>
        </div>
      )}
    </Card>
  );
}
