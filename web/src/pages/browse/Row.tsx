import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { CatalogItem } from '@/api/generated/types.gen';
import { StatusBadge, TypeIcon } from '@/components/marks';
import { Streak } from '@/components/Streak';
import { ago, bytes, repository, score } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useSearchState } from '@/lib/useSearchState';

export const ROW_HEIGHT = 56;

const COLUMNS =
  'grid grid-cols-[minmax(0,1fr)_5.5rem] items-center gap-x-4 px-4 sm:grid-cols-[minmax(0,1fr)_6rem_9rem] xl:grid-cols-[minmax(0,2.2fr)_minmax(0,1fr)_minmax(0,1.2fr)_5rem_9.5rem_7rem]';

/** The heading; columns that can be sorted by are buttons. */
export function Head() {
  return (
    <div
      role="rowgroup"
      className="sticky top-15 z-10 rounded-t-card border-b border-line bg-surface"
    >
      <div role="row" className={`${COLUMNS} h-10 text-[0.85rem] font-semibold text-muted`}>
        <Sortable name="name" label="Name" />
        <Plain label="Licence" className="max-xl:hidden" />
        <Plain label="Task" className="max-xl:hidden" />
        <Sortable name="size" label="Size" className="max-sm:hidden" />
        <Sortable name="net_score" label="Net score" />
        <Sortable name="created" label="Registered" className="max-xl:hidden" />
      </div>
    </div>
  );
}

type HeadingProps = { label: string; className?: string };

function Plain({ label, className = '' }: HeadingProps) {
  return (
    <div role="columnheader" className={className}>
      {label}
    </div>
  );
}

function Sortable({ name, label, className = '' }: HeadingProps & { name: string }) {
  const [search, change] = useSearchState();
  const sort = search.sort ?? '-created';
  const isDown = sort === `-${name}`;
  const isSorted = isDown || sort === name;
  const Arrow = isDown ? ArrowDown : ArrowUp;
  // What is better, larger or newer comes first at the first press; names begin with A.
  const first = name === 'name' ? name : `-${name}`;
  const other = name === 'name' ? `-${name}` : name;
  return (
    <div
      role="columnheader"
      aria-sort={isSorted ? (isDown ? 'descending' : 'ascending') : 'none'}
      className={className}
    >
      <button
        type="button"
        className="inline-flex items-center gap-1 rounded hover:text-ink"
        onClick={() => change({ sort: sort === first ? other : first })}
      >
        {label}
        {isSorted && <Arrow size={13} aria-hidden />}
      </button>
    </div>
  );
}

/** One artifact. */
export function Row({ item, index }: { item: CatalogItem; index: number }) {
  const rated = typeof item.net_score === 'number' ? item.net_score : undefined;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`${COLUMNS} relative h-full border-b border-line/70 hover:bg-sunken/60`}
    >
      <div role="cell" className="flex items-center gap-3">
        <TypeIcon type={item.type} />
        <div className="min-w-0">
          <Link
            to={paths.artifact(item.type, item.id)}
            className="block truncate font-medium after:absolute after:inset-0"
          >
            {item.name}
          </Link>
          <div className="truncate text-[0.85rem] text-muted">{repository(item.url)}</div>
        </div>
      </div>
      <div role="cell" className="truncate text-[0.9rem] max-xl:hidden">
        {item.license ?? <Nothing />}
      </div>
      <div role="cell" className="truncate text-[0.9rem] max-xl:hidden">
        {item.task ?? <Nothing />}
      </div>
      <div role="cell" className="text-[0.9rem] whitespace-nowrap max-sm:hidden">
        {typeof item.size_bytes === 'number' ? bytes(item.size_bytes) : <Nothing />}
      </div>
      <div role="cell" className="flex items-center gap-2">
        <Score item={item} rated={rated} />
      </div>
      <div role="cell" className="truncate text-[0.9rem] text-muted max-xl:hidden">
        {ago(item.created_at)}
      </div>
    </div>
  );
}

function Score({ item, rated }: { item: CatalogItem; rated: number | undefined }) {
  if (item.status !== 'ready') return <StatusBadge status={item.status} />;
  if (rated === undefined) return <Nothing />;
  return (
    <>
      <Streak score={rated} label="Net score" className="h-2.5 flex-1" />
      <span className="w-9 text-right font-mono text-[0.87rem]">{score(rated)}</span>
    </>
  );
}

function Nothing() {
  return (
    <span className="text-muted">
      <span aria-hidden>–</span>
      <span className="sr-only">none</span>
    </span>
  );
}
