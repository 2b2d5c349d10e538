import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { addresses } from '@/lib/paths';
import {
  artifactCost,
  artifactFiles,
  artifactRevisions,
  auditTrail,
  browseCatalog,
  catalogItem,
  componentHealth,
  componentLog,
  explainRating,
  health,
  ingestProgress,
  modelLineage,
  readArtifact,
  summariseCatalog,
} from './generated/sdk.gen';
import type { ArtifactType, BrowseCatalogData, IngestProgress } from './generated/types.gen';
import { zIngestProgress } from './generated/zod.gen';
import { problemFrom } from './problem';
import './client';

/** Which artifact, and which of its revisions where not the current one. */
export type ArtifactRef = { type: ArtifactType; id: string; revision?: string | undefined };

type CatalogFilter = NonNullable<BrowseCatalogData['query']>;

const path = ({ type, id }: ArtifactRef) => ({ artifact_type: type, id });
const keyOf = ({ type, id, revision }: ArtifactRef) => ['artifact', type, id, revision ?? null];
const at = (revision: string | undefined) => (revision ? { revision } : {});

export const catalogSummary = () =>
  queryOptions({
    queryKey: ['catalog', 'summary'],
    queryFn: async ({ signal }) => (await summariseCatalog({ signal, throwOnError: true })).data,
  });

export const catalog = (filter: CatalogFilter) =>
  infiniteQueryOptions({
    queryKey: ['catalog', 'pages', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = pageParam ? { ...filter, cursor: pageParam } : filter;
      return (await browseCatalog({ query, signal, throwOnError: true })).data;
    },
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** The first few of the catalogue, for lists that do not go on. */
export const catalogTop = (filter: CatalogFilter) =>
  queryOptions({
    queryKey: ['catalog', 'top', filter],
    queryFn: async ({ signal }) =>
      (await browseCatalog({ query: filter, signal, throwOnError: true })).data.items,
  });

export const artifact = (ref: ArtifactRef) =>
  queryOptions({
    queryKey: [...keyOf(ref), 'envelope'],
    queryFn: async ({ signal }) => {
      const query = { ...at(ref.revision), wait: 0 };
      return (await readArtifact({ path: path(ref), query, signal, throwOnError: true })).data;
    },
  });

export const progress = (ref: ArtifactRef) =>
  queryOptions({
    queryKey: [...keyOf({ ...ref, revision: undefined }), 'progress'],
    queryFn: async ({ signal }): Promise<IngestProgress> => {
      const { data } = await ingestProgress({ path: path(ref), signal, throwOnError: true });
      return zIngestProgress.parse(data);
    },
  });

export const evidence = (ref: ArtifactRef) =>
  queryOptions({
    queryKey: [...keyOf(ref), 'evidence'],
    queryFn: async ({ signal }) => {
      const query = { ...at(ref.revision), wait: 0 };
      return (await explainRating({ path: { id: ref.id }, query, signal, throwOnError: true }))
        .data;
    },
  });

export const files = (ref: ArtifactRef) =>
  queryOptions({
    queryKey: [...keyOf(ref), 'files'],
    queryFn: async ({ signal }) => {
      const query = at(ref.revision);
      return (await artifactFiles({ path: path(ref), query, signal, throwOnError: true })).data;
    },
  });

export const lineage = (ref: ArtifactRef, include: string) =>
  queryOptions({
    queryKey: [...keyOf(ref), 'lineage', include],
    queryFn: async ({ signal }) => {
      const query = { ...at(ref.revision), ...(include ? { include } : {}) };
      return (await modelLineage({ path: { id: ref.id }, query, signal, throwOnError: true })).data;
    },
  });

export const cost = (ref: ArtifactRef) =>
  queryOptions({
    queryKey: [...keyOf(ref), 'cost'],
    queryFn: async ({ signal }) => {
      const query = { ...at(ref.revision), dependency: true };
      return (await artifactCost({ path: path(ref), query, signal, throwOnError: true })).data;
    },
  });

export const revisions = (ref: ArtifactRef) =>
  queryOptions({
    queryKey: [...keyOf({ ...ref, revision: undefined }), 'revisions'],
    queryFn: async ({ signal }) =>
      (await artifactRevisions({ path: path(ref), signal, throwOnError: true })).data,
  });

export const activity = (ref: ArtifactRef) =>
  queryOptions({
    queryKey: [...keyOf({ ...ref, revision: undefined }), 'audit'],
    queryFn: async ({ signal }) =>
      (await auditTrail({ path: path(ref), signal, throwOnError: true })).data,
  });

export const healthSummary = () =>
  queryOptions({
    queryKey: ['health', 'summary'],
    queryFn: async ({ signal }) => (await health({ signal, throwOnError: true })).data,
  });

export const healthComponents = (windowMinutes: number) =>
  queryOptions({
    queryKey: ['health', 'components', windowMinutes],
    queryFn: async ({ signal }) => {
      const query = { windowMinutes, includeTimeline: true };
      return (await componentHealth({ query, signal, throwOnError: true })).data;
    },
  });

export const healthLog = (component: string) =>
  queryOptions({
    queryKey: ['health', 'log', component],
    queryFn: async ({ signal }) => {
      const { data } = await componentLog({ path: { component }, signal, throwOnError: true });
      return data;
    },
  });

/** What the catalogue shows of one artifact, whatever its status. */
export const catalogEntry = ({ type, id }: ArtifactRef) =>
  queryOptions({
    queryKey: ['artifact', type, id, null, 'entry'],
    queryFn: async ({ signal }) => {
      const path = { artifact_type: type, id };
      return (await catalogItem({ path, signal, throwOnError: true })).data;
    },
  });

/** A text file of an artifact. */
export const fileText = (ref: ArtifactRef, file: string) =>
  queryOptions({
    queryKey: [...keyOf(ref), 'text', file],
    queryFn: async ({ signal }) => {
      const answer = await fetch(addresses.file(ref.type, ref.id, file, ref.revision), {
        signal,
      }).catch((error) => Promise.reject(problemFrom(error, undefined)));
      const text = await answer.text();
      if (!answer.ok) throw problemFrom(asJson(text), answer);
      return text;
    },
  });

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
