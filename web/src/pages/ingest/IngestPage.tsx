import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { catalogTop } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { Page } from '@/components/Page';
import { useSearchState } from '@/lib/useSearchState';
import { Card } from '@/ui/Card';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { Arrival } from './Arrival';
import { Entry } from './Entry';
import { type Line, linesOf } from './lines';
import { Sent } from './Sent';

/** As many are watched event by event; the browser opens only so many connections. */
const WATCHED = 3;

/** Registering, one or many, and watching what arrives. */
export function IngestPage() {
  const [{ url }] = useSearchState();
  const [sent, setSent] = useState<Line[]>([]);
  const send = (lines: Line[]) => setSent((before) => [...lines, ...before]);
  return (
    <Page
      title="Ingest"
      lead="Models and data sets of Hugging Face and code of GitHub, by their addresses."
    >
      <Entry first={url ?? ''} send={send} parse={linesOf} />
      {sent.length > 0 && (
        <Card title="Sent">
          <ul className="divide-y divide-line">
            {sent.map((line) => (
              <Sent key={line.address ?? line.text} line={line} />
            ))}
          </ul>
        </Card>
      )}
      <Underway />
    </Page>
  );
}

function Underway() {
  const pending = useQuery({
    ...catalogTop({ status: 'pending', sort: 'created', limit: 50 }),
    refetchInterval: 3000,
  });
  return (
    <Card title="Arriving">
      <Loaded query={pending} skeleton={<Skeleton lines={2} height="3rem" />}>
        {(items) =>
          items.length === 0 ? (
            <Notice title="Nothing is arriving">
              What you register shows here until it is rated.
            </Notice>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((item, index) => (
                <Arrival key={item.id} item={item} isWatched={index < WATCHED} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
