import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Download, FileText, FolderClosed } from 'lucide-react';
import type { ArtifactFile } from '@/api/generated/types.gen';
import { type ArtifactRef, files } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { bytes, commit, count } from '@/lib/format';
import { addresses } from '@/lib/paths';
import { Badge } from '@/ui/Badge';
import { buttonLook } from '@/ui/Button';
import { Card } from '@/ui/Card';
import { Copy } from '@/ui/Copy';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { Commands } from '../overview/Commands';
import { useArtifact } from '../useArtifact';
import { type Folder, treeOf } from './tree';

/** Above this the folders are shut at first. */
const OPEN_AT_MOST = 60;

/** The manifest, and every way to the bytes. */
export function FilesTab() {
  const ref = useArtifact();
  const query = useQuery(files(ref));
  return (
    <Loaded query={query} skeleton={<Skeleton lines={10} height="2.5rem" />}>
      {(manifest) => (
        <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <Card
            title={`${count(manifest.files.length)} files, ${bytes(manifest.size_bytes)}`}
            aside={
              <span className="font-mono text-[0.85rem] text-muted">
                @{commit(manifest.commit)}
              </span>
            }
          >
            {manifest.files.length === 0 ? (
              <Notice title="There are no files" />
            ) : (
              <Tree
                folder={treeOf(manifest.files)}
                of={ref}
                open={manifest.files.length <= OPEN_AT_MOST}
              />
            )}
          </Card>
          <Card title="Get all of it">
            <Commands />
          </Card>
        </div>
      )}
    </Loaded>
  );
}

function Tree({ folder, of, open }: { folder: Folder; of: ArtifactRef; open: boolean }) {
  return (
    <ul>
      {folder.folders.map((below) => (
        <li key={below.name}>
          <details open={open} className="group/folder">
            <summary className="flex h-10 items-center gap-2 rounded-md px-1 hover:bg-sunken [&::-webkit-details-marker]:hidden">
              <ChevronRight
                size={15}
                aria-hidden
                className="text-muted [[open]>summary>&]:rotate-90"
              />
              <FolderClosed size={16} aria-hidden className="text-accent" />
              <span className="truncate font-medium">{below.name}</span>
              <span className="ml-auto shrink-0 text-[0.87rem] text-muted">
                {count(below.fileCount)} files, {bytes(below.sizeBytes)}
              </span>
            </summary>
            <div className="ml-3 border-l border-line pl-3">
              <Tree folder={below} of={of} open={open} />
            </div>
          </details>
        </li>
      ))}
      {folder.files.map((file) => (
        <FileLine key={file.path} file={file} of={of} />
      ))}
    </ul>
  );
}

function FileLine({ file, of }: { file: ArtifactFile; of: ArtifactRef }) {
  const name = file.path.split('/').at(-1) ?? file.path;
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-3 rounded-md px-1 hover:bg-sunken">
      <FileText size={16} aria-hidden className="shrink-0 text-muted" />
      <span className="min-w-0 flex-1 truncate" title={file.path}>
        {name}
      </span>
      {file.holding !== 'stored' && <Badge tone="warn">{file.holding}</Badge>}
      {file.sha256 && (
        <span className="flex items-center font-mono text-[0.82rem] text-muted max-sm:hidden">
          {file.sha256.slice(0, 12)}…
          <Copy text={file.sha256} label={`Copy the SHA-256 of ${name}`} />
        </span>
      )}
      <span className="w-20 shrink-0 text-right text-[0.9rem]">{bytes(file.size_bytes)}</span>
      <a
        href={addresses.file(of.type, of.id, file.path, of.revision)}
        download={name}
        aria-label={`Download ${name}`}
        title={`Download ${name}`}
        className={buttonLook('plain', 'small')}
      >
        <Download size={15} aria-hidden />
      </a>
    </li>
  );
}
