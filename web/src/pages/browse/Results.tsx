import type { useInfiniteQuery } from '@tanstack/react-query';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import type { CatalogItem, CatalogPage } from '@/api/generated/types.gen';
import type { Problem } from '@/api/problem';
import { ArtifactCard } from '@/components/ArtifactCard';
import { Failed } from '@/components/Loaded';
import { useSearchState } from '@/lib/useSearchState';
import { Button } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { widened } from './filter';
import { Head, ROW_HEIGHT, Row } from './Row';

type Pages = ReturnType<typeof useInfiniteQuery<CatalogPage>>;

type Props = {
  pages: Pick<
    Pages,
    'isPending' | 'refetch' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'
  >;
  items: CatalogItem[];
  problem: Problem | undefined;
  isMistaken: boolean;
  table: boolean;
};

/** What was found: as many as the window shows, more as it is scrolled. */
export function Results({ pages, items, problem, isMistaken, table }: Props) {
  if (isMistaken && items.length === 0) {
    return <Notice title="Nothing was searched for">The search has a mistake, shown above.</Notice>;
  }
  if (problem && !isMistaken) return <Failed error={problem} retry={pages.refetch} />;
  if (pages.isPending) return <Skeleton lines={12} height={table ? '2.5rem' : '4rem'} />;
  if (items.length === 0) return <NothingFound />;
  return table ? <Table pages={pages} items={items} /> : <Cards pages={pages} items={items} />;
}

function NothingFound() {
  const [, change] = useSearchState();
  return (
    <Notice
      title="Nothing is like this"
      action={<Button onClick={() => change(widened)}>Clear all filters</Button>}
    >
      No artifact matches the search and the filters together.
    </Notice>
  );
}

function Table({ pages, items }: Pick<Props, 'pages' | 'items'>) {
  return (
    <div
      role="table"
      aria-label="Artifacts"
      aria-rowcount={pages.hasNextPage ? -1 : items.length + 1}
      className="rounded-card border border-line bg-surface shadow-card"
    >
      <Head />
      <Virtual pages={pages} count={items.length} height={ROW_HEIGHT} role="rowgroup">
        {(index) => {
          const item = items[index];
          return item && <Row item={item} index={index} />;
        }}
      </Virtual>
    </div>
  );
}

const CARD_HEIGHT = 172;

function Cards({ pages, items }: Pick<Props, 'pages' | 'items'>) {
  const columns = useColumns();
  return (
    <Virtual pages={pages} count={Math.ceil(items.length / columns)} height={CARD_HEIGHT}>
      {(line) => (
        <div
          className="grid gap-3 pb-3"
          style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {items.slice(line * columns, (line + 1) * columns).map((item) => (
            <ArtifactCard key={item.id} item={item} />
          ))}
        </div>
      )}
    </Virtual>
  );
}

type VirtualProps = {
  pages: Props['pages'];
  count: number;
  height: number;
  role?: 'rowgroup';
  children: (index: number) => ReactNode;
};

/** Lines of one height of which only those near the window exist. */
function Virtual({ pages, count, height, role, children }: VirtualProps) {
  const place = useRef<HTMLDivElement>(null);
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: place.current?.offsetTop ?? 0,
  });
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  useEffect(() => {
    if (last >= count - 40 && hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [last, count, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div ref={place} role={role} className="relative" style={{ height: virtual.getTotalSize() }}>
      {lines.map((line) => (
        <div
          key={line.key}
          role={role && 'presentation'}
          className="absolute inset-x-0 top-0"
          style={{
            height,
            transform: `translateY(${line.start - virtual.options.scrollMargin}px)`,
          }}
        >
          {children(line.index)}
        </div>
      ))}
    </div>
  );
}

const WIDTHS = ['(min-width: 40rem)', '(min-width: 80rem)'].map((query) => matchMedia(query));

function useColumns(): number {
  return useSyncExternalStore(
    (changed) => {
      for (const width of WIDTHS) width.addEventListener('change', changed);
      return () => {
        for (const width of WIDTHS) width.removeEventListener('change', changed);
      };
    },
    () => 1 + WIDTHS.filter((width) => width.matches).length,
  );
}
