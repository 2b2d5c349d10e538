import { Link } from '@tanstack/react-router';
import type { CatalogItem } from '@/api/generated/types.gen';
import { bytes, repository, score } from '@/lib/format';
import { paths } from '@/lib/paths';
import { Badge } from '@/ui/Badge';
import { StatusBadge, TypeIcon } from './marks';
import { Streak } from './Streak';

/** An artifact in a list of cards. */
export function ArtifactCard({ item }: { item: CatalogItem }) {
  const rated = typeof item.net_score === 'number' ? item.net_score : undefined;
  return (
    <Link
      to={paths.artifact(item.type, item.id)}
      className="flex h-40 flex-col rounded-card border border-line bg-surface p-4 shadow-card transition-colors hover:border-line-strong"
    >
      <span className="flex items-center gap-2">
        <TypeIcon type={item.type} />
        <span className="truncate font-semibold">{item.name}</span>
        {item.status !== 'ready' && (
          <span className="ml-auto">
            <StatusBadge status={item.status} />
          </span>
        )}
      </span>
      <span className="mt-0.5 truncate text-[0.87rem] text-muted">{repository(item.url)}</span>
      <span className="mt-3 flex flex-wrap gap-1.5 overflow-hidden">
        {item.license && <Badge>{item.license}</Badge>}
        {item.task && <Badge>{item.task}</Badge>}
        {typeof item.size_bytes === 'number' && <Badge>{bytes(item.size_bytes)}</Badge>}
      </span>
      {item.type === 'model' && (
        <span className="mt-auto flex items-center gap-3 pt-3">
          <Streak score={rated} label="Net score" className="h-3 flex-1" />
          <span className="w-9 text-right font-mono text-[0.9rem]">
            {rated === undefined ? '–' : score(rated)}
          </span>
        </span>
      )}
    </Link>
  );
}
