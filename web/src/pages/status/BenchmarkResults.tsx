import { Download } from 'lucide-react';
import type { BenchmarkMeasurements, BenchmarkReport } from '@/api/generated/types.gen';
import { bytes, count, percent, seconds } from '@/lib/format';
import { buttonLook } from '@/ui/Button';

type Props = { report: BenchmarkReport; results: BenchmarkMeasurements };

/** What a finished run measured, from outside and from inside. */
export function BenchmarkResults({ report, results }: Props) {
  const { throughput, request_summary: requests, latency } = results.black_box_metrics;
  const inside = results.white_box_metrics;
  const figures: [string, string][] = [
    ['Downloads a second', count(Math.round(throughput.requests_per_second * 10) / 10)],
    ['Megabits a second', count(Math.round(throughput.mbps))],
    ['Succeeded', `${count(requests.successful)} of ${count(requests.total_requests)}`],
    ['Brought', bytes(throughput.total_bytes_downloaded)],
    ['Took', seconds(requests.total_duration_seconds)],
    ...(typeof inside.resident_memory_bytes === 'number'
      ? ([['Memory', bytes(inside.resident_memory_bytes)]] as [string, string][])
      : []),
  ];
  const json = `data:application/json,${encodeURIComponent(JSON.stringify(report, null, 2))}`;
  return (
    <div className="grid gap-4">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-3">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt className="text-[0.87rem] text-muted">{name}</dt>
            <dd className="font-serif text-[1.3rem] font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      <Latency latency={latency} />
      <div className="flex items-center justify-between">
        <span className="text-muted">{percent(requests.success_rate / 100)} succeeded</span>
        <a href={json} download="benchmark.json" className={buttonLook('quiet', 'small')}>
          <Download size={14} aria-hidden /> JSON
        </a>
      </div>
    </div>
  );
}

function Latency({ latency }: { latency: BenchmarkMeasurements['black_box_metrics']['latency'] }) {
  const marks: [string, number][] = [
    ['Fastest', latency.min_ms],
    ['Median', latency.median_ms],
    ['Mean', latency.mean_ms],
    ['99th percentile', latency.p99_ms],
    ['Slowest', latency.max_ms],
  ];
  return (
    <ul className="grid gap-1.5" aria-label="Latency">
      {marks.map(([name, milliseconds]) => (
        <li key={name} className="grid grid-cols-[8rem_1fr_5rem] items-center gap-3">
          <span className="text-[0.9rem]">{name}</span>
          <span aria-hidden className="h-2.5 rounded-sm bg-sunken">
            <span
              className="block h-full rounded-sm bg-gold-deep"
              style={{ width: `${(milliseconds / Math.max(latency.max_ms, 1e-9)) * 100}%` }}
            />
          </span>
          <span className="text-right font-mono text-[0.87rem]">
            {seconds(milliseconds / 1000)}
          </span>
        </li>
      ))}
    </ul>
  );
}
