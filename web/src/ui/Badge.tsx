import type { ReactNode } from 'react';

type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';

const TONES: Record<Tone, string> = {
  plain: 'bg-sunken text-muted',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  accent: 'bg-accent-soft text-accent',
};

/** One word about something. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1 truncate rounded-full px-2 py-0.5 text-[0.8rem] font-medium ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
