import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { deleteArtifact, retryIngest } from '@/api/generated/sdk.gen';
import type { CatalogItem } from '@/api/generated/types.gen';
import { asProblem } from '@/api/problem';
import { IngestStages } from '@/components/IngestStages';
import { Loaded } from '@/components/Loaded';
import { useLiveProgress } from '@/components/useLiveProgress';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';
import { Card } from '@/ui/Card';
import { Notice } from '@/ui/Notice';

/** For an artifact that is not there yet: how far it is, or why it will not come. */
export function Arriving({ item }: { item: CatalogItem }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const report = useLiveProgress({ type: item.type, id: item.id });
  const path = { artifact_type: item.type, id: item.id };
  const retry = useMutation({
    mutationFn: () => retryIngest({ path, throwOnError: true }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['artifact', item.type, item.id] }),
  });
  const remove = useMutation({
    mutationFn: () => deleteArtifact({ path, throwOnError: true }),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: ['catalog'] });
      navigate({ to: paths.browse() });
    },
  });
  const failed = item.status === 'failed';
  const problem = retry.error ?? remove.error;
  return (
    <Card
      title={failed ? 'It did not arrive' : 'It is arriving'}
      aside={
        <div className="flex gap-2">
          {failed && (
            <Button look="main" disabled={retry.isPending} onClick={() => retry.mutate()}>
              Try again
            </Button>
          )}
          <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
            {failed ? 'Remove it' : 'Cancel'}
          </Button>
        </div>
      }
    >
      <div className="grid gap-4">
        {failed && (
          <Notice kind="bad" title="The reason">
            {item.reason}
          </Notice>
        )}
        {problem && (
          <Notice kind="bad" title="That did not work">
            {asProblem(problem).message}
          </Notice>
        )}
        <Loaded query={report}>{(data) => <IngestStages report={data} />}</Loaded>
      </div>
    </Card>
  );
}
