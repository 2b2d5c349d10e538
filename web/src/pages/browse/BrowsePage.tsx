import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { LayoutGrid, Rows3 } from 'lucide-react';
import { asProblem } from '@/api/problem';
import { catalog, catalogSummary } from '@/api/queries';
import { Page } from '@/components/Page';
import { count } from '@/lib/format';
import { useSearchState } from '@/lib/useSearchState';
import { Select } from '@/ui/Field';
import { Filters } from './Filters';
import { filterOf } from './filter';
import { Results } from './Results';
import { SearchField } from './SearchField';

const ORDERS: [string, string][] = [
  ['-created', 'Newest first'],
  ['created', 'Oldest first'],
  ['-net_score', 'Best net score first'],
  ['net_score', 'Worst net score first'],
  ['name', 'By name'],
  ['-size', 'Largest first'],
  ['size', 'Smallest first'],
];

/** The whole catalogue, narrowed down by what the address says. */
export function BrowsePage() {
  const [search, change] = useSearchState();
  const filter = filterOf(search);
  const pages = useInfiniteQuery({ ...catalog(filter), placeholderData: keepPreviousData });
  const summary = useQuery(catalogSummary());
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const problem = pages.isError ? asProblem(pages.error) : undefined;
  const patternProblem = problem?.status === 400 ? problem.message : undefined;
  return (
    <Page title="Browse" lead="Models, data sets and code. The address holds the view: share it.">
      <div className="grid items-start gap-6 lg:grid-cols-[15.5rem_1fr]">
        <Filters summary={summary.data} />
        <div className="grid gap-4">
          <div className="flex flex-wrap items-start gap-2">
            <SearchField problem={patternProblem} />
            <Select
              label="Order"
              hideLabel
              className="w-auto!"
              value={filter.sort}
              onChange={(event) => change({ sort: event.target.value })}
            >
              {ORDERS.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
            <ViewChoice table={search.view !== 'grid'} choose={(view) => change({ view })} />
          </div>
          <p aria-live="polite" className="text-[0.87rem] text-muted">
            {pages.isPending
              ? 'Looking…'
              : `${count(items.length)}${pages.hasNextPage ? ' of more' : ''} found`}
          </p>
          <Results
            pages={pages}
            items={items}
            problem={problem}
            isMistaken={patternProblem !== undefined}
            table={search.view !== 'grid'}
          />
        </div>
      </div>
    </Page>
  );
}

function ViewChoice({ table, choose }: { table: boolean; choose: (view?: string) => void }) {
  const look =
    'grid size-10 place-items-center text-muted aria-pressed:bg-sunken aria-pressed:text-ink';
  return (
    <fieldset className="flex overflow-hidden rounded-md border border-line bg-surface">
      <legend className="sr-only">View</legend>
      <button type="button" className={look} aria-pressed={table} onClick={() => choose(undefined)}>
        <Rows3 size={18} aria-hidden />
        <span className="sr-only">Table</span>
      </button>
      <button type="button" className={look} aria-pressed={!table} onClick={() => choose('grid')}>
        <LayoutGrid size={18} aria-hidden />
        <span className="sr-only">Cards</span>
      </button>
    </fieldset>
  );
}
