import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CatalogItem, CatalogStatus, TypeCount } from '@/api/generated/types.gen';
import { catalogTop } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { TypeIcon } from '@/components/marks';
import { ago, count } from '@/lib/format';
import { paths } from '@/lib/paths';
import { Card } from '@/ui/Card';

/** What is arriving and what did not make it. */
export function Underway({ types }: { types: TypeCount[] }) {
  const all = (status: CatalogStatus) => types.reduce((sum, type) => sum + type[status], 0);
  return (
    <Card
      title="Ingest"
      aside={
        <Link to={paths.ingest()} className="font-medium text-accent hover:underline">
          Register more
        </Link>
      }
    >
      <div className="grid gap-4">
        <Some status="pending" heading={`${count(all('pending'))} arriving`} />
        <Some status="failed" heading={`${count(all('failed'))} failed`} />
      </div>
    </Card>
  );
}

function Some({ status, heading }: { status: CatalogStatus; heading: string }) {
  const query = useQuery({
    ...catalogTop({ status, sort: '-created', limit: 3 }),
    refetchInterval: status === 'pending' ? 5000 : false,
  });
  return (
    <div>
      <h3 className="mb-1 text-[0.87rem] font-semibold text-muted">
        <Link to={paths.browse()} search={{ status }} className="hover:underline">
          {heading}
        </Link>
      </h3>
      <Loaded query={query}>
        {(items) =>
          items.length === 0 ? (
            <p className="text-muted">None.</p>
          ) : (
            <ul>
              {items.map((item) => (
                <Line key={item.id} item={item} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  );
}

function Line({ item }: { item: CatalogItem }) {
  return (
    <li>
      <Link
        to={paths.artifact(item.type, item.id)}
        className="flex items-center gap-2 rounded-md py-1 hover:underline"
      >
        <TypeIcon type={item.type} size={15} />
        <span className="truncate">{item.name}</span>
        <span className="ml-auto shrink-0 text-[0.85rem] text-muted">{ago(item.created_at)}</span>
      </Link>
      {item.reason && <p className="truncate text-[0.85rem] text-muted">{item.reason}</p>}
    </li>
  );
}
