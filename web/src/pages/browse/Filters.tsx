import type { ReactNode } from 'react';
import type { CatalogOverview } from '@/api/generated/types.gen';
import { ARTIFACT_TYPES, TYPES } from '@/components/marks';
import { METRICS } from '@/components/metrics';
import { compact } from '@/lib/format';
import { useSearchState } from '@/lib/useSearchState';
import { Button } from '@/ui/Button';
import { Select } from '@/ui/Field';
import { isNarrowed, listOf, rangesOf, toggled, widened, withRange } from './filter';

const SIZES: [string, string][] = [
  ['', 'Any size'],
  ['..100000000', 'Up to 100 MB'],
  ['..1000000000', 'Up to 1 GB'],
  ['1000000000..10000000000', '1 to 10 GB'],
  ['10000000000..', 'Over 10 GB'],
];

/** How many of the commonest values are offered. */
const OFFERED = 8;

/** Everything that narrows the catalogue down. */
export function Filters({ summary }: { summary: CatalogOverview | undefined }) {
  const [search, change] = useSearchState();
  const facets = [
    ['license', 'Licence', summary?.licenses],
    ['task', 'Task', summary?.tasks],
    ['library', 'Library', summary?.libraries],
  ] as const;
  return (
    <details
      className="group rounded-card border border-line bg-surface lg:border-0 lg:bg-transparent"
      open={matchMedia('(min-width: 64rem)').matches}
    >
      <summary className="flex items-center justify-between p-3 font-medium lg:hidden">
        Filters
        <span className="text-muted group-open:rotate-180" aria-hidden>
          ⌄
        </span>
      </summary>
      <div className="grid gap-5 p-3 pt-0 lg:p-0">
        {isNarrowed(search) && (
          <Button size="small" onClick={() => change(widened)}>
            Clear all filters
          </Button>
        )}
        <Checks
          legend="Type"
          name="type"
          values={ARTIFACT_TYPES.map((type) => ({ value: type, label: TYPES[type].many }))}
        />
        <Checks
          legend="Status"
          name="status"
          values={[
            { value: 'ready', label: 'Ready' },
            { value: 'pending', label: 'Arriving' },
            { value: 'failed', label: 'Failed' },
          ]}
        />
        <Select
          label="Size"
          value={search.size ?? ''}
          onChange={(event) => change({ size: event.target.value || undefined })}
        >
          {SIZES.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        {facets.map(([name, legend, values]) => (
          <Checks
            key={name}
            legend={legend}
            name={name}
            values={(values ?? [])
              .slice(0, OFFERED)
              .map(({ value, count }) => ({ value, label: value, aside: compact(count) }))}
          />
        ))}
        <Scores />
      </div>
    </details>
  );
}

type Value = { value: string; label: string; aside?: string };

function Checks({ legend, name, values }: { legend: string; name: string; values: Value[] }) {
  const [search, change] = useSearchState();
  const chosen = listOf(search[name]);
  // What the address asks for is shown even where it is not among the commonest.
  const rare = chosen.filter((one) => values.every(({ value }) => value !== one));
  const all: Value[] = [...values, ...rare.map((value) => ({ value, label: value }))];
  if (all.length === 0) return null;
  return (
    <Group legend={legend}>
      {all.map(({ value, label, aside }) => (
        <label key={value} className="flex cursor-pointer items-center gap-2 py-0.5">
          <input
            type="checkbox"
            className="size-4 shrink-0 accent-accent"
            checked={chosen.includes(value)}
            onChange={() => change({ [name]: toggled(search[name], value) })}
          />
          <span className="truncate">{label}</span>
          {aside && <span className="ml-auto text-[0.85rem] text-muted">{aside}</span>}
        </label>
      ))}
    </Group>
  );
}

function Scores() {
  const [search, change] = useSearchState();
  const ranges = rangesOf(search.score);
  const set = (metric: string, end: 'from' | 'to', value: string) => {
    const range = ranges[metric] ?? { from: '', to: '' };
    change({ score: withRange(search.score, metric, { ...range, [end]: value }) }, true);
  };
  return (
    <Group legend="Scores, from 0 to 1">
      {['net_score', ...METRICS.map(({ key }) => key)].map((metric) => {
        const name = METRICS.find(({ key }) => key === metric)?.name ?? 'Net score';
        return (
          <div key={metric} className="flex items-center gap-1 py-0.5">
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {(['from', 'to'] as const).map((end) => (
              <input
                key={end}
                type="number"
                min="0"
                max="1"
                step="0.05"
                placeholder={end === 'from' ? '0' : '1'}
                aria-label={`${name}, ${end}`}
                value={ranges[metric]?.[end] ?? ''}
                onChange={(event) => set(metric, end, event.target.value)}
                className="h-7 w-13 rounded border border-line-strong/60 bg-surface px-1.5 text-[0.85rem] placeholder:text-muted"
              />
            ))}
          </div>
        );
      })}
    </Group>
  );
}

function Group({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-[0.87rem] font-semibold">{legend}</legend>
      {children}
    </fieldset>
  );
}
