import { Check, CircleDashed, LoaderCircle, X } from 'lucide-react';
import type { IngestProgress, IngestStage } from '@/api/generated/types.gen';
import { bytes, seconds } from '@/lib/format';

const STAGES: [IngestStage, string][] = [
  ['queued', 'Waiting'],
  ['resolve', 'Resolve'],
  ['collect', 'Collect'],
  ['transfer', 'Transfer'],
  ['rate', 'Rate'],
  ['decide', 'Decide'],
  ['publish', 'Publish'],
];

/** Every stage of an ingest, with the bytes of the transfer. */
export function IngestStages({ report }: { report: IngestProgress }) {
  const at = STAGES.findIndex(([stage]) => stage === report.stage);
  const isDone = report.state === 'done';
  return (
    <div className="grid gap-3">
      <ol className="flex flex-wrap gap-x-4 gap-y-1.5">
        {STAGES.map(([stage, label], index) => {
          const state = isDone || index < at ? 'done' : index > at ? 'ahead' : report.state;
          return (
            <li
              key={stage}
              aria-current={index === at && !isDone ? 'step' : undefined}
              className={`flex items-center gap-1.5 text-[0.9rem] ${state === 'ahead' ? 'text-muted' : 'font-medium'}`}
            >
              <StageIcon state={state} />
              {label}
            </li>
          );
        })}
      </ol>
      <Transfer report={report} />
    </div>
  );
}

function StageIcon({ state }: { state: string }) {
  if (state === 'done') return <Check size={15} className="text-good" aria-label="done:" />;
  if (state === 'failed') return <X size={15} className="text-bad" aria-label="failed:" />;
  if (state === 'ahead') return <CircleDashed size={15} className="text-muted" aria-hidden />;
  return <LoaderCircle size={15} className="animate-spin text-accent" aria-label="now:" />;
}

function Transfer({ report }: { report: IngestProgress }) {
  const { bytes_done: done, bytes_total: total } = report;
  if (!total) return null;
  const said = [
    `${bytes(done)} of ${bytes(total)}`,
    typeof report.bytes_per_second === 'number' && `${bytes(report.bytes_per_second)} a second`,
    typeof report.seconds_left === 'number' &&
      report.state === 'running' &&
      `${seconds(report.seconds_left)} left`,
  ];
  return (
    <div>
      <progress
        aria-label="Bytes brought"
        max={total}
        value={done}
        className="block h-2 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-gold [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-gold"
      />
      <p className="mt-1 text-[0.87rem] text-muted">{said.filter(Boolean).join(' · ')}</p>
    </div>
  );
}
