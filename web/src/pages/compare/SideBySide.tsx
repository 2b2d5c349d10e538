import { Link } from '@tanstack/react-router';
import type { CatalogItem } from '@/api/generated/types.gen';
import { METRICS } from '@/components/metrics';
import { Streak } from '@/components/Streak';
import { bytes, score } from '@/lib/format';
import { paths } from '@/lib/paths';
import { Card } from '@/ui/Card';

/** Scores nearer than this read the same. */
const SAME = 0.05;

type Row = { name: string; scores: (number | undefined)[] };

/** Every score of every model; the best of a row is marked where it stands out. */
export function SideBySide({ models }: { models: CatalogItem[] }) {
  const rows: Row[] = [
    { name: 'Net score', scores: models.map(({ net_score }) => known(net_score)) },
    ...METRICS.map(({ key, name }) => ({
      name,
      scores: models.map(({ scores }) => known(scores[key])),
    })),
  ];
  return (
    <Card title="Side by side">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label="Scores" className="overflow-x-auto">
        <table className="w-full border-collapse text-left">
          <thead>
            <tr className="border-b border-line">
              <th className="py-2 pr-4 font-semibold">Metric</th>
              {models.map(({ id, name }) => (
                <th key={id} scope="col" className="min-w-32 px-3 py-2 font-semibold wrap-anywhere">
                  <Link to={paths.artifact('model', id, 'rating')} className="hover:underline">
                    {name}
                  </Link>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <ScoreRow key={row.name} row={row} models={models} />
            ))}
            <FactRow name="Licence" models={models} fact={({ license }) => license} />
            <FactRow name="Task" models={models} fact={({ task }) => task} />
            <FactRow
              name="Size"
              models={models}
              fact={({ size_bytes }) => (typeof size_bytes === 'number' ? bytes(size_bytes) : null)}
            />
          </tbody>
        </table>
      </section>
    </Card>
  );
}

/** A score, where the question could be asked. */
const known = (value: number | null | undefined) =>
  typeof value === 'number' && value >= 0 ? value : undefined;

function ScoreRow({ row, models }: { row: Row; models: CatalogItem[] }) {
  const there = row.scores.filter((one) => one !== undefined);
  const best = Math.max(...there);
  const differs = best - Math.min(...there) >= SAME;
  return (
    <tr className="border-b border-line/70">
      <th scope="row" className="py-2.5 pr-4 font-medium whitespace-nowrap">
        {row.name}
      </th>
      {models.map(({ id, name }, index) => {
        const value = row.scores[index];
        const isBest = differs && value !== undefined && best - value < SAME;
        return (
          <td key={id} className={`px-3 py-2.5 ${isBest ? 'bg-accent-soft' : ''}`}>
            <span className="flex items-center gap-2.5">
              <Streak score={value} label={`${row.name} of ${name}`} className="h-2.5 flex-1" />
              <span className={`w-9 font-mono text-[0.9rem] ${isBest ? 'font-bold' : ''}`}>
                {value === undefined ? '–' : score(value)}
              </span>
              {isBest && <span className="sr-only">best</span>}
            </span>
          </td>
        );
      })}
    </tr>
  );
}

type FactProps = {
  name: string;
  models: CatalogItem[];
  fact: (model: CatalogItem) => string | null | undefined;
};

function FactRow({ name, models, fact }: FactProps) {
  return (
    <tr className="border-b border-line/70 last:border-0">
      <th scope="row" className="py-2.5 pr-4 font-medium">
        {name}
      </th>
      {models.map((model) => (
        <td key={model.id} className="px-3 py-2.5 wrap-anywhere">
          {fact(model) ?? '–'}
        </td>
      ))}
    </tr>
  );
}
