import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { catalogTop } from '@/api/queries';
import { ArtifactCard } from '@/components/ArtifactCard';
import { Loaded } from '@/components/Loaded';
import { paths } from '@/lib/paths';
import { Skeleton } from '@/ui/Skeleton';

/** The newest that can be used. */
export function Arrivals() {
  const newest = useQuery(catalogTop({ status: 'ready', sort: '-created', limit: 8 }));
  return (
    <section>
      <header className="mb-3 flex items-baseline justify-between">
        <h2 className="text-[1.35rem] font-semibold">Recent arrivals</h2>
        <Link
          to={paths.browse()}
          search={{ sort: '-created' }}
          className="font-medium text-accent hover:underline"
        >
          All of them
        </Link>
      </header>
      <Loaded query={newest} skeleton={<Skeleton lines={2} height="8rem" />}>
        {(items) => (
          <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
            {items.map((item) => (
              <li key={item.id} className="min-w-0">
                <ArtifactCard item={item} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}
