import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Download, ExternalLink, GitCompareArrows } from 'lucide-react';
import type { CatalogItem } from '@/api/generated/types.gen';
import { artifact } from '@/api/queries';
import { TYPES, TypeIcon } from '@/components/marks';
import { Streak } from '@/components/Streak';
import { bytes, commit, moment, repository, score } from '@/lib/format';
import { addresses, paths } from '@/lib/paths';
import { Badge } from '@/ui/Badge';
import { buttonLook } from '@/ui/Button';
import { useArtifact } from './useArtifact';

/** Name, source, licence, size and score. */
export function ArtifactHeader({ item }: { item: CatalogItem }) {
  const { revision } = useArtifact();
  return (
    <header className="grid gap-4">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <p className="flex items-center gap-2 text-muted">
            <TypeIcon type={item.type} /> {TYPES[item.type].one}
          </p>
          <h1 className="text-[2.1rem] leading-tight font-semibold tracking-tight wrap-anywhere">
            {item.name}
          </h1>
          <Source item={item} />
        </div>
        {item.status === 'ready' && (
          <div className="flex flex-wrap gap-2">
            {item.type === 'model' && (
              <Link to={paths.compare()} search={{ ids: item.id }} className={buttonLook()}>
                <GitCompareArrows size={16} aria-hidden /> Compare
              </Link>
            )}
            <a href={addresses.bundle(item.type, item.id, revision)} className={buttonLook('main')}>
              <Download size={16} aria-hidden /> Download
            </a>
          </div>
        )}
      </div>
      <Facts item={item} />
    </header>
  );
}

function Source({ item }: { item: CatalogItem }) {
  const ref = useArtifact();
  const envelope = useQuery({ ...artifact(ref), enabled: item.status === 'ready' });
  const pinned = envelope.data?.revision;
  const url = envelope.data?.data.url ?? item.url;
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      className="mt-1 inline-flex max-w-full flex-wrap items-center gap-x-1.5 text-accent hover:underline"
    >
      <span className="truncate">{repository(url)}</span>
      {pinned && <span className="font-mono text-[0.87rem]">@{commit(pinned)}</span>}
      <ExternalLink size={14} aria-label="(opens elsewhere)" />
    </a>
  );
}

function Facts({ item }: { item: CatalogItem }) {
  const facts: [string, string | null | undefined][] = [
    ['Licence', item.license ?? (item.type === 'model' ? 'not understood' : undefined)],
    ['Size', typeof item.size_bytes === 'number' ? bytes(item.size_bytes) : undefined],
    ['Task', item.task],
    ['Library', item.library],
    ['Registered', moment(item.created_at)],
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-8 gap-y-4">
      {typeof item.net_score === 'number' && (
        <Link
          to={paths.artifact(item.type, item.id, 'rating')}
          className="flex w-full items-center gap-4 rounded-md sm:w-72"
        >
          <span className="font-serif text-[2.1rem] leading-none font-semibold">
            {score(item.net_score)}
          </span>
          <span className="flex-1">
            <span className="mb-1 block text-[0.87rem] text-muted">Net score</span>
            <Streak score={item.net_score} label="Net score" className="h-3.5" />
          </span>
        </Link>
      )}
      <dl className="flex flex-wrap gap-x-7 gap-y-2">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt className="text-[0.82rem] text-muted">{name}</dt>
                <dd className="font-medium">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {item.status === 'failed' && <Badge tone="bad">Failed</Badge>}
      {item.status === 'pending' && <Badge tone="warn">Arriving</Badge>}
    </div>
  );
}
