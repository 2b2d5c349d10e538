import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { deleteArtifact } from '@/api/generated/sdk.gen';
import type { CatalogItem } from '@/api/generated/types.gen';
import { IngestStages } from '@/components/IngestStages';
import { TypeIcon } from '@/components/marks';
import { useLiveProgress } from '@/components/useLiveProgress';
import { ago } from '@/lib/format';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';

/** Something on its way, with every stage as it happens. */
export function Arrival({ item, isWatched }: { item: CatalogItem; isWatched: boolean }) {
  const queries = useQueryClient();
  const report = useLiveProgress({ type: item.type, id: item.id }, isWatched);
  const cancel = useMutation({
    mutationFn: () =>
      deleteArtifact({ path: { artifact_type: item.type, id: item.id }, throwOnError: true }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['catalog'] }),
  });
  return (
    <li className="grid gap-2 py-3.5">
      <div className="flex items-center gap-2.5">
        <TypeIcon type={item.type} />
        <Link
          to={paths.artifact(item.type, item.id)}
          className="truncate font-medium hover:underline"
        >
          {item.name}
        </Link>
        <span className="text-[0.87rem] text-muted">{ago(item.created_at)}</span>
        <span className="ml-auto">
          <Button
            look="danger"
            size="small"
            disabled={cancel.isPending}
            onClick={() => cancel.mutate()}
            aria-label={`Cancel ${item.name}`}
          >
            Cancel
          </Button>
        </span>
      </div>
      {report.data && <IngestStages report={report.data} />}
    </li>
  );
}
