import { type ReactNode, useEffect } from 'react';

type Props = { title: string; lead?: ReactNode; aside?: ReactNode; children: ReactNode };

/** Names the window after what it shows. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = title === 'Touchstone' ? title : `${title} · Touchstone`;
  }, [title]);
}

/** A page with its heading. */
export function Page({ title, lead, aside, children }: Props) {
  useTitle(title);
  return (
    <div className="grid min-w-0 gap-6">
      <header className="flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0">
          <h1 className="text-[2rem] leading-tight font-semibold tracking-tight">{title}</h1>
          {lead && <p className="mt-1 max-w-2xl text-muted">{lead}</p>}
        </div>
        {aside}
      </header>
      {children}
    </div>
  );
}
