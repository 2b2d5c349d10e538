import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { CatalogItem } from '@/api/generated/types.gen';
import { catalogEntry, catalogTop } from '@/api/queries';
import { Failed } from '@/components/Loaded';
import { Page } from '@/components/Page';
import { repository, score } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useSearchState } from '@/lib/useSearchState';
import { Button } from '@/ui/Button';
import { Card } from '@/ui/Card';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { SideBySide } from './SideBySide';

const Radar = lazy(() => import('./Radar'));

const MOST = 5;

/** Two to five models, metric by metric. */
export function ComparePage() {
  const [search, change] = useSearchState();
  const ids = (search.ids ?? '').split(',').filter(Boolean).slice(0, MOST);
  const queries = useQueries({ queries: ids.map((id) => catalogEntry({ type: 'model', id })) });
  const models = queries.flatMap(({ data }) => (data ? [data] : []));
  const broken = queries.find(({ isError }) => isError);
  const choose = (next: string[]) => change({ ids: next.join(',') || undefined });
  return (
    <Page title="Compare" lead="Two to five models, metric by metric.">
      <Card title="Models">
        <div className="grid gap-3">
          <Chosen models={models} drop={(id) => choose(ids.filter((one) => one !== id))} />
          {ids.length < MOST && <Picker taken={ids} pick={(id) => choose([...ids, id])} />}
        </div>
      </Card>
      {broken && (
        <Failed error={broken.error} retry={() => queries.map(({ refetch }) => refetch())} />
      )}
      {queries.some(({ isPending }) => isPending) && <Skeleton lines={8} height="2.5rem" />}
      {models.length >= 2 ? (
        <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_28rem]">
          <SideBySide models={models} />
          <Card title="At a glance">
            <Suspense fallback={<Skeleton lines={1} height="20rem" />}>
              <Radar models={models} />
            </Suspense>
          </Card>
        </div>
      ) : (
        <Notice title={models.length === 1 ? 'Choose one more' : 'Choose two models or more'}>
          Search for them above; the address then holds the comparison.
        </Notice>
      )}
    </Page>
  );
}

function Chosen({ models, drop }: { models: CatalogItem[]; drop: (id: string) => void }) {
  return (
    <ul className="flex flex-wrap gap-2 empty:hidden">
      {models.map(({ id, name }) => (
        <li
          key={id}
          className="flex max-w-full items-center gap-1 rounded-full border border-line bg-sunken py-0.5 pr-1 pl-3.5"
        >
          <Link to={paths.artifact('model', id)} className="truncate font-medium hover:underline">
            {name}
          </Link>
          <Button
            look="plain"
            size="small"
            aria-label={`Leave out ${name}`}
            onClick={() => drop(id)}
          >
            <X size={14} aria-hidden />
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Picker({ taken, pick }: { taken: string[]; pick: (id: string) => void }) {
  const [text, setText] = useState('');
  const asked = text.trim();
  const found = useQuery({
    ...catalogTop({
      ...(asked ? { q: asked } : {}),
      type: 'model',
      status: 'ready',
      sort: '-net_score',
      limit: 8,
    }),
    placeholderData: keepPreviousData,
  });
  const offered = (found.data ?? []).filter(({ id }) => !taken.includes(id));
  return (
    <div className="grid gap-2">
      <Field
        label="Add a model"
        type="search"
        className="max-w-md"
        placeholder="A name or words of a README"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {found.isError && <Failed error={found.error} retry={found.refetch} />}
      <ul className="flex flex-wrap gap-2">
        {offered.map((item) => (
          <li key={item.id} className="max-w-full">
            <Button
              size="small"
              className="max-w-full"
              title={repository(item.url)}
              onClick={() => {
                setText('');
                pick(item.id);
              }}
            >
              <span className="truncate">{item.name}</span>
              <span className="font-mono text-muted">
                {typeof item.net_score === 'number' && score(item.net_score)}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
