import { Box, Code2, Database, type LucideIcon } from 'lucide-react';
import type { ArtifactType, CatalogStatus } from '@/api/generated/types.gen';
import { Badge } from '@/ui/Badge';

export const TYPES: Record<
  ArtifactType,
  { one: string; many: string; icon: LucideIcon; color: string }
> = {
  model: { one: 'Model', many: 'Models', icon: Box, color: 'text-model' },
  dataset: { one: 'Data set', many: 'Data sets', icon: Database, color: 'text-dataset' },
  code: { one: 'Code', many: 'Code', icon: Code2, color: 'text-code' },
};

export const ARTIFACT_TYPES: ArtifactType[] = ['model', 'dataset', 'code'];

/** What kind of thing an artifact is. */
export function TypeIcon({ type, size = 17 }: { type: ArtifactType; size?: number }) {
  const { icon: Icon, color, one } = TYPES[type];
  return <Icon size={size} className={`shrink-0 ${color}`} role="img" aria-label={one} />;
}

const STATUSES: Record<CatalogStatus, { word: string; tone: 'good' | 'warn' | 'bad' }> = {
  ready: { word: 'Ready', tone: 'good' },
  pending: { word: 'Arriving', tone: 'warn' },
  failed: { word: 'Failed', tone: 'bad' },
};

/** Whether an artifact can be used. */
export function StatusBadge({ status }: { status: CatalogStatus }) {
  const { word, tone } = STATUSES[status];
  return <Badge tone={tone}>{word}</Badge>;
}
