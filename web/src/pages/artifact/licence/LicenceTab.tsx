import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { checkLicense } from '@/api/generated/sdk.gen';
import type { LicenseExplanation, LicenseStep } from '@/api/generated/types.gen';
import { asProblem } from '@/api/problem';
import { words } from '@/lib/format';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Card } from '@/ui/Card';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import { SeenAt } from '../rating/SeenAt';
import { useArtifact } from '../useArtifact';

/** Whether a product may use the model, with the reasoning. */
export function LicenceTab() {
  const { id } = useArtifact();
  const [address, setAddress] = useState('');
  const check = useMutation({
    mutationFn: async (github_url: string) => {
      const query = { explain: true };
      const { data } = await checkLicense({
        path: { id },
        query,
        body: { github_url },
        throwOnError: true,
      });
      return data;
    },
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    check.mutate(address.trim());
  };
  return (
    <Card title="May my product use it?">
      <div className="grid gap-5">
        <form onSubmit={onSubmit} className="flex max-w-2xl flex-wrap items-end gap-2">
          <div className="min-w-64 flex-1">
            <Field
              label="GitHub repository of the product"
              type="url"
              required
              placeholder="https://github.com/owner/product"
              value={address}
              onChange={(event) => setAddress(event.target.value)}
            />
          </div>
          <Button type="submit" look="main" disabled={check.isPending}>
            {check.isPending ? 'Checking…' : 'Check'}
          </Button>
        </form>
        {check.isError && (
          <Notice
            kind="bad"
            title="It could not be checked"
            action={<Button onClick={() => check.mutate(address.trim())}>Try again</Button>}
          >
            {asProblem(check.error).message}
          </Notice>
        )}
        {typeof check.data === 'object' && <Answer answer={check.data} />}
      </div>
    </Card>
  );
}

function Answer({ answer }: { answer: LicenseExplanation }) {
  return (
    <div className="grid gap-4">
      <Notice
        kind={answer.compatible ? 'good' : 'warn'}
        title={
          answer.compatible ? 'Yes, every use is clearly allowed' : `Not clearly: ${answer.verdict}`
        }
      >
        The model is under {answer.subject ?? 'no licence that was understood'}, the product under{' '}
        {answer.target ?? 'none that was understood'}.
      </Notice>
      <ol className="grid gap-2">
        {answer.reasons.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one answer never move
          <Step key={index} step={step} />
        ))}
      </ol>
    </div>
  );
}

function Step({ step }: { step: LicenseStep }) {
  const tone = step.verdict === 'compatible' || step.verdict === 'allowed' ? 'good' : 'warn';
  return (
    <li className="grid gap-1 rounded-md bg-sunken px-3.5 py-2.5">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{words(step.relation)}</span>
        <Badge tone={tone}>{words(step.verdict)}</Badge>
        {step.license && <span className="text-muted">under {step.license}</span>}
      </span>
      <span className="wrap-anywhere">{step.because}</span>
      <SeenAt address={step.seen_at} />
    </li>
  );
}
