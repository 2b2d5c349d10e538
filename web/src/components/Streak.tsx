import { score as scored } from '@/lib/format';

type Props = { score: number | null | undefined; label: string; className?: string };

/** A score from 0 to 1 as a streak of gold on stone; hatched where there is none. */
export function Streak({ score, label, className = 'h-3' }: Props) {
  if (score === null || score === undefined || score < 0) {
    return <div role="img" aria-label={`${label}: no score`} className={`hatched ${className}`} />;
  }
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={score}
      aria-valuetext={scored(score)}
      className={`streak ${className}`}
      style={{ '--score': Math.max(score, 0) } as React.CSSProperties}
    />
  );
}
