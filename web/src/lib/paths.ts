import type { ArtifactType } from '@/api/generated/types.gen';
import { base } from './base';

/** Every address of the app and of the files behind it; nothing else puts paths together. */

export const TABS = [
  'rating',
  'files',
  'lineage',
  'cost',
  'licence',
  'revisions',
  'activity',
] as const;
export type Tab = (typeof TABS)[number];

export const paths = {
  home: () => '/',
  browse: () => '/browse',
  ingest: () => '/ingest',
  artifact: (type: ArtifactType, id: string, tab?: Tab) =>
    `/${type}/${encodeURIComponent(id)}${tab ? `/${tab}` : ''}`,
  compare: () => '/compare',
  status: () => '/status',
  reference: () => '/reference',
  settings: () => '/settings',
};

const download = (type: ArtifactType, id: string, query: Record<string, string | undefined>) => {
  const said = Object.entries(query).filter((pair): pair is [string, string] => !!pair[1]);
  const search = new URLSearchParams(said).toString();
  return `${base}/artifacts/${type}/${encodeURIComponent(id)}/download${search && `?${search}`}`;
};

/** Addresses of the API that the browser or other tools open themselves. */
export const addresses = {
  bundle: (type: ArtifactType, id: string, revision?: string) => download(type, id, { revision }),
  file: (type: ArtifactType, id: string, file: string, revision?: string) =>
    download(type, id, { revision, file }),
  progress: (type: ArtifactType, id: string) =>
    `${base}/artifact/${type}/${encodeURIComponent(id)}/progress`,
  docs: () => `${base}/docs/`,
  openapi: () => `${base}/openapi.json`,
};
