import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ArtifactLineageGraph, ArtifactType } from '@/api/generated/types.gen';
import { catalogEntry, cost, lineage } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { bytes } from '@/lib/format';
import { paths } from '@/lib/paths';
import { Card } from '@/ui/Card';
import { Skeleton } from '@/ui/Skeleton';
import { useArtifact } from '../useArtifact';

/** Costs are told in megabytes of a million bytes. */
const MEGABYTE = 1e6;

const SHADES = ['bg-gold', 'bg-dataset', 'bg-code', 'bg-good', 'bg-bad', 'bg-line-strong'];

type Part = {
  id: string;
  type: ArtifactType;
  name: string;
  isSelf: boolean;
  megabytes: number;
  shade: string;
};

/** What it takes to download it, alone and with all that it rests on. */
export function CostTab() {
  const ref = useArtifact();
  const costs = useQuery(cost(ref));
  const graph = useQuery({ ...lineage(ref, 'datasets,code'), enabled: ref.type === 'model' });
  const name = useQuery(catalogEntry(ref)).data?.name ?? 'This';
  return (
    <Card title="Download cost">
      <Loaded query={costs} skeleton={<Skeleton lines={4} height="2.5rem" />}>
        {(data) => {
          const own = data[ref.id];
          const total = own?.total_cost ?? 0;
          const parts = Object.entries(data).map(([id, { standalone_cost, total_cost }]) => ({
            id,
            isSelf: id === ref.id,
            ...(id === ref.id ? { name, type: ref.type } : named(graph.data, id)),
            megabytes: standalone_cost ?? total_cost,
          }));
          parts.sort(
            (one, other) =>
              Number(other.isSelf) - Number(one.isSelf) || other.megabytes - one.megabytes,
          );
          const shaded = parts.map((part, index) => ({
            ...part,
            shade: SHADES[Math.min(index, SHADES.length - 1)] ?? '',
          }));
          return <Stack parts={shaded} total={total} />;
        }}
      </Loaded>
    </Card>
  );
}

function named(graph: ArtifactLineageGraph | undefined, id: string): Pick<Part, 'name' | 'type'> {
  const node = graph?.nodes.find(({ artifact_id }) => artifact_id === id);
  return { name: node?.name ?? id, type: node?.metadata.type ?? 'model' };
}

function Stack({ parts, total }: { parts: Part[]; total: number }) {
  const own = parts.find(({ isSelf }) => isSelf)?.megabytes ?? 0;
  return (
    <div className="grid gap-5">
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Figure name="Alone" megabytes={own} />
        <Figure name="With all that it rests on" megabytes={total} />
      </dl>
      <div aria-hidden className="flex h-8 gap-0.5 overflow-hidden rounded-md bg-sunken">
        {parts.map(({ id, megabytes, shade }) => (
          <div
            key={id}
            className={`min-w-1 ${shade}`}
            style={{ width: `${(megabytes / Math.max(total, 1e-9)) * 100}%` }}
          />
        ))}
      </div>
      <ul className="grid gap-1.5">
        {parts.map(({ id, type, name, isSelf, megabytes, shade }) => (
          <li key={id} className="flex items-center gap-3">
            <span aria-hidden className={`size-3.5 rounded-sm ${shade}`} />
            {isSelf ? (
              <span className="font-medium">{name}</span>
            ) : (
              <Link to={paths.artifact(type, id)} className="truncate text-accent hover:underline">
                {name}
              </Link>
            )}
            <span className="ml-auto font-mono text-[0.9rem]">{bytes(megabytes * MEGABYTE)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Figure({ name, megabytes }: { name: string; megabytes: number }) {
  return (
    <div>
      <dt className="text-muted">{name}</dt>
      <dd className="font-serif text-[1.8rem] font-semibold">{bytes(megabytes * MEGABYTE)}</dd>
    </div>
  );
}
