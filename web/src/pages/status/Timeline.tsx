import type { HealthTimelineEntry } from '@/api/generated/types.gen';
import { count, moment } from '@/lib/format';

/** Columns are drawn at most, so that a day fits into a card. */
const MOST_COLUMNS = 72;

/** Values over time as columns. */
export function Timeline({ entries, label }: { entries: HealthTimelineEntry[]; label: string }) {
  const size = Math.max(Math.ceil(entries.length / MOST_COLUMNS), 1);
  const columns = Array.from({ length: Math.ceil(entries.length / size) }, (_, index) => {
    const part = entries.slice(index * size, (index + 1) * size);
    const sum = part.reduce((total, { value }) => total + value, 0);
    return { from: part[0]?.bucket ?? '', value: sum / Math.max(part.length, 1) };
  });
  const most = Math.max(...columns.map(({ value }) => value), 0);
  if (columns.length === 0) return null;
  return (
    <div
      role="img"
      aria-label={`${label}, at most ${count(Math.round(most * 10) / 10)}`}
      className="flex h-24 items-end gap-px border-b border-line"
    >
      {columns.map(({ from, value }) => (
        <span
          key={from}
          title={`${moment(from)}: ${count(Math.round(value * 10) / 10)}`}
          className="min-h-px flex-1 rounded-t-sm bg-gold-deep"
          style={{ height: `${most > 0 ? (value / most) * 100 : 0}%` }}
        />
      ))}
    </div>
  );
}
