import type { ButtonHTMLAttributes } from 'react';

type Look = 'main' | 'quiet' | 'plain' | 'danger';

const LOOKS: Record<Look, string> = {
  main: 'bg-ink text-paper hover:bg-ink/85 border-transparent',
  quiet: 'bg-surface text-ink border-line hover:border-line-strong',
  plain: 'bg-transparent text-muted border-transparent hover:text-ink hover:bg-sunken',
  danger: 'bg-surface text-bad border-line hover:border-bad',
};

/** How a button looks; also for links that act like one. */
export function buttonLook(look: Look = 'quiet', size: 'small' | 'normal' = 'normal') {
  const box = size === 'small' ? 'h-8 px-2.5 text-[0.87rem]' : 'h-10 px-4';
  return `inline-flex shrink-0 items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap transition-colors disabled:opacity-55 disabled:cursor-not-allowed ${box} ${LOOKS[look]}`;
}

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look; size?: 'small' | 'normal' };

export function Button({ look, size, className = '', type = 'button', ...rest }: Props) {
  return <button type={type} className={`${buttonLook(look, size)} ${className}`} {...rest} />;
}
