import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { asProblem } from '@/api/problem';
import { Button } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';

type Props<T> = {
  query: UseQueryResult<T>;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
};

/** What a query brought, the shape of it until then, or why it did not and a way to ask again. */
export function Loaded<T>({ query, skeleton, children }: Props<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Failed error={query.error} retry={() => query.refetch()} />;
  return skeleton ?? <Skeleton />;
}

/** Why something could not be shown. A registry that cannot be reached is asked again by itself. */
export function Failed({ error, retry }: { error: unknown; retry: () => unknown }) {
  const problem = asProblem(error);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (!problem.isOffline) return;
    const timer = setTimeout(() => {
      setAsked(asked + 1);
      retry();
    }, 5000);
    return () => clearTimeout(timer);
  }, [problem.isOffline, retry, asked]);
  return (
    <Notice
      kind="bad"
      title={problem.isOffline ? 'You are offline, or the registry is' : 'This cannot be shown'}
      action={<Button onClick={retry}>Try again</Button>}
    >
      {problem.isOffline
        ? 'The registry cannot be reached. It is asked again every few seconds.'
        : problem.message}
    </Notice>
  );
}
