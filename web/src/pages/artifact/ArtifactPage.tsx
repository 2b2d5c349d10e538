import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import type { CatalogItem } from '@/api/generated/types.gen';
import { catalogEntry } from '@/api/queries';
import { Failed, Loaded } from '@/components/Loaded';
import { Page, useTitle } from '@/components/Page';
import { commit, words } from '@/lib/format';
import { paths, TABS, type Tab } from '@/lib/paths';
import { buttonLook } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { Arriving } from './Arriving';
import { ArtifactHeader } from './ArtifactHeader';
import { useArtifact } from './useArtifact';

/** What only models have. */
const OF_MODELS: Tab[] = ['rating', 'lineage', 'licence'];

/** One artifact: its heading, and the tabs with all that is known of it. */
export function ArtifactPage() {
  const ref = useArtifact();
  const entry = useQuery(catalogEntry(ref));
  useTitle(entry.data?.name ?? 'Artifact');
  if (entry.isError && !entry.data) {
    return (
      <Page title="Artifact">
        <Failed error={entry.error} retry={entry.refetch} />
      </Page>
    );
  }
  return (
    <Loaded
      query={entry}
      skeleton={
        <>
          <h1 className="sr-only">Artifact</h1>
          <Skeleton lines={4} height="4rem" />
        </>
      }
    >
      {(item) => (
        <div className="grid gap-5">
          <ArtifactHeader item={item} />
          {ref.revision && <OldRevision item={item} revision={ref.revision} />}
          <TabBar item={item} revision={ref.revision} />
          {item.status === 'ready' ? <Outlet /> : <Arriving item={item} />}
        </div>
      )}
    </Loaded>
  );
}

function OldRevision({ item, revision }: { item: CatalogItem; revision: string }) {
  return (
    <Notice
      kind="warn"
      title={`This is the revision ${commit(revision)}`}
      action={
        <Link to={paths.artifact(item.type, item.id)} className={buttonLook('quiet', 'small')}>
          Show the current one
        </Link>
      }
    />
  );
}

function TabBar({ item, revision }: { item: CatalogItem; revision: string | undefined }) {
  const tabs = TABS.filter((tab) => item.type === 'model' || !OF_MODELS.includes(tab));
  const look =
    'border-b-2 border-transparent px-3 pt-1.5 pb-2.5 font-medium whitespace-nowrap text-muted hover:text-ink aria-[current=page]:border-gold-deep aria-[current=page]:text-ink';
  const search = revision ? { revision } : {};
  return (
    <nav
      aria-label="About this artifact"
      className="-mx-1 overflow-x-auto border-b border-line px-1"
    >
      <div className="flex">
        <Link
          to={paths.artifact(item.type, item.id)}
          search={search}
          activeOptions={{ exact: true }}
          className={look}
        >
          Overview
        </Link>
        {tabs.map((tab) => (
          <Link
            key={tab}
            to={paths.artifact(item.type, item.id, tab)}
            search={search}
            className={look}
          >
            {words(tab)}
          </Link>
        ))}
      </div>
    </nav>
  );
}
