import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { files, fileText } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { bytes } from '@/lib/format';
import { Card } from '@/ui/Card';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { useArtifact } from '../useArtifact';
import { Commands } from './Commands';

const Markdown = lazy(() => import('./Markdown'));

/** Longer ones are shown as far as this. */
const SHOWN_BYTES = 400_000;

/** The README, and how to get the files. */
export function OverviewTab() {
  const ref = useArtifact();
  const manifest = useQuery(files(ref));
  const readme = manifest.data?.files.find(({ path }) =>
    /^readme(\.(md|markdown|txt))?$/i.test(path),
  );
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <Card title="README">
        <Loaded query={manifest} skeleton={<Skeleton lines={9} />}>
          {() => (readme ? <Readme path={readme.path} /> : <Missing />)}
        </Loaded>
      </Card>
      <div className="grid gap-6">
        <Card title="Get it">
          <Loaded query={manifest} skeleton={<Skeleton lines={4} height="2.5rem" />}>
            {({ size_bytes, stored_bytes, files: all }) => (
              <>
                <p className="mb-3 text-muted">
                  {all.length} files, {bytes(size_bytes)}
                  {stored_bytes < size_bytes &&
                    `; ${bytes(stored_bytes)} of it are held here, the rest comes from its source`}
                </p>
                <Commands />
              </>
            )}
          </Loaded>
        </Card>
      </div>
    </div>
  );
}

function Readme({ path }: { path: string }) {
  const text = useQuery(fileText(useArtifact(), path));
  return (
    <Loaded query={text} skeleton={<Skeleton lines={9} />}>
      {(data) => (
        <Suspense fallback={<Skeleton lines={9} />}>
          <Markdown text={data.slice(0, SHOWN_BYTES)} />
          {data.length > SHOWN_BYTES && <Notice title="The rest is in the file itself" />}
        </Suspense>
      )}
    </Loaded>
  );
}

function Missing() {
  return <Notice title="It has no README">Its source does not say what it is.</Notice>;
}
