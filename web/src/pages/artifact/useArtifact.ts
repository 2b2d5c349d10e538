import { useParams } from '@tanstack/react-router';
import type { ArtifactType } from '@/api/generated/types.gen';
import type { ArtifactRef } from '@/api/queries';
import { useSearchState } from '@/lib/useSearchState';

/** The artifact that the address names, at the revision that it names if it does. */
export function useArtifact(): ArtifactRef {
  const { type, id } = useParams({ strict: false });
  const [{ revision }] = useSearchState();
  return { type: type as ArtifactType, id: id ?? '', revision };
}
