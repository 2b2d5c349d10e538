import type { ReactNode } from 'react';

type Kind = 'empty' | 'bad' | 'warn' | 'good';

const EDGES: Record<Kind, string> = {
  empty: 'border-line bg-sunken',
  bad: 'border-bad/40 bg-bad-soft',
  warn: 'border-warn/40 bg-warn-soft',
  good: 'border-good/40 bg-good-soft',
};

type Props = { kind?: Kind; title: string; children?: ReactNode; action?: ReactNode };

/** Something that the reader should know, with what can be done about it. */
export function Notice({ kind = 'empty', title, children, action }: Props) {
  return (
    <div
      role={kind === 'bad' ? 'alert' : 'status'}
      className={`flex flex-wrap items-center justify-between gap-3 rounded-card border px-4 py-3.5 ${EDGES[kind]}`}
    >
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-semibold">{title}</p>
        {children && <div className="mt-0.5 text-muted wrap-anywhere">{children}</div>}
      </div>
      {action}
    </div>
  );
}
