import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { catalogSummary } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { useTitle } from '@/components/Page';
import { paths } from '@/lib/paths';
import { buttonLook } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import { Arrivals } from './Arrivals';
import { ScoreDistribution } from './ScoreDistribution';
import { SearchBox } from './SearchBox';
import { Totals } from './Totals';
import { Underway } from './Underway';

/** What is in the registry, at a glance, and the way to everything. */
export function HomePage() {
  useTitle('Touchstone');
  const summary = useQuery(catalogSummary());
  return (
    <div className="grid gap-6">
      <section className="grid gap-5 py-6 sm:py-10">
        <h1 className="max-w-3xl text-[clamp(2rem,5vw,3.1rem)] leading-[1.08] font-semibold tracking-tight">
          How far can a model be trusted?
        </h1>
        <p className="max-w-2xl text-[1.07rem] text-muted">
          Every model here was rated on eleven questions, from facts that you can look up yourself.
        </p>
        <SearchBox />
      </section>
      <Loaded query={summary} skeleton={<Skeleton lines={2} height="7rem" />}>
        {(data) =>
          data.types.every(({ pending, ready, failed }) => pending + ready + failed === 0) ? (
            <Nothing />
          ) : (
            <>
              <Totals types={data.types} />
              <div className="grid gap-6 lg:grid-cols-[3fr_2fr]">
                <ScoreDistribution bins={data.net_scores} />
                <Underway types={data.types} />
              </div>
              <Arrivals />
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function Nothing() {
  return (
    <section className="rounded-card border border-dashed border-line-strong p-8 text-center">
      <h2 className="text-[1.35rem] font-semibold">The registry is empty</h2>
      <p className="mx-auto mt-1 mb-5 max-w-md text-muted">
        Register a model by its address on Hugging Face; its data sets, code and parents are looked
        at with it.
      </p>
      <Link to={paths.ingest()} className={buttonLook('main')}>
        Register the first
      </Link>
    </section>
  );
}
