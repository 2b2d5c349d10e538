import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { benchmarkReport, startBenchmark } from '@/api/generated/sdk.gen';
import type { BenchmarkReport, CatalogItem } from '@/api/generated/types.gen';
import { asProblem } from '@/api/problem';
import { catalogTop } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { useSearchState } from '@/lib/useSearchState';
import { Button } from '@/ui/Button';
import { Card } from '@/ui/Card';
import { Field, Select } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import { BenchmarkResults } from './BenchmarkResults';

/** Downloads one model many times at once and tells how that went. */
export function Benchmark() {
  const [search, change] = useSearchState();
  const models = useQuery(catalogTop({ type: 'model', status: 'ready', sort: 'size', limit: 100 }));
  const start = useMutation({
    mutationFn: async (body: { artifact_id: string; concurrent_requests: number }) =>
      (await startBenchmark({ body, throwOnError: true })).data,
    onSuccess: ({ job_id }) => change({ run: job_id }, true),
  });
  return (
    <Card title="Download benchmark">
      <div className="grid gap-4">
        <Loaded query={models}>
          {(items) =>
            items.length === 0 ? (
              <Notice title="There is no model to download yet" />
            ) : (
              <StartForm items={items} isStarting={start.isPending} start={start.mutate} />
            )
          }
        </Loaded>
        {start.isError && (
          <Notice kind="bad" title="It could not be started">
            {asProblem(start.error).message}
          </Notice>
        )}
        {search.run && <Run key={search.run} job={search.run} />}
      </div>
    </Card>
  );
}

type FormProps = {
  items: CatalogItem[];
  isStarting: boolean;
  start: (body: { artifact_id: string; concurrent_requests: number }) => void;
};

function StartForm({ items, isStarting, start }: FormProps) {
  const [model, setModel] = useState(items[0]?.id ?? '');
  const [requests, setRequests] = useState(100);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    start({ artifact_id: model, concurrent_requests: requests });
  };
  return (
    <form onSubmit={onSubmit} className="flex flex-wrap items-end gap-2">
      <div className="min-w-40 flex-1">
        <Select label="Model" value={model} onChange={(event) => setModel(event.target.value)}>
          {items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      <div className="w-32">
        <Field
          label="Downloads"
          type="number"
          min="1"
          max="1000"
          required
          value={requests}
          onChange={(event) => setRequests(event.target.valueAsNumber)}
        />
      </div>
      <Button type="submit" look="main" disabled={isStarting}>
        Start
      </Button>
    </form>
  );
}

function Run({ job }: { job: string }) {
  const report = useQuery({
    queryKey: ['benchmark', job],
    queryFn: async ({ signal }) =>
      (await benchmarkReport({ path: { job_id: job }, signal, throwOnError: true })).data,
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? 500 : false),
  });
  return <Loaded query={report}>{(data) => <Report report={data} />}</Loaded>;
}

function Report({ report }: { report: BenchmarkReport }) {
  if (report.error) {
    return (
      <Notice kind="bad" title="It failed">
        {report.error}
      </Notice>
    );
  }
  if (report.results) return <BenchmarkResults report={report} results={report.results} />;
  return (
    <div>
      <progress
        aria-label="Downloads made"
        value={report.progress}
        max={100}
        className="block h-2 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-gold"
      />
      <p className="mt-1 text-[0.87rem] text-muted" aria-live="polite">
        {report.current_progress} downloads
      </p>
    </div>
  );
}
