import type { ReactNode } from 'react';

type Props = { title?: ReactNode; aside?: ReactNode; children: ReactNode; className?: string };

/** A surface with a heading. */
export function Card({ title, aside, children, className = '' }: Props) {
  return (
    <section
      className={`min-w-0 rounded-card border border-line bg-surface p-4 shadow-card sm:p-5 ${className}`}
    >
      {title && (
        <header className="mb-4 flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <h2 className="text-[1.2rem] leading-tight font-semibold">{title}</h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}
