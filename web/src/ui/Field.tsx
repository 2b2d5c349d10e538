import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from 'react';
import { useId } from 'react';

export const inputLook =
  'h-10 w-full min-w-0 rounded-md border border-line-strong/60 bg-surface px-3 text-ink placeholder:text-muted hover:border-line-strong aria-invalid:border-bad';

type Said = { label: string; problem?: string | undefined; hint?: ReactNode; hideLabel?: boolean };

function Around({
  id,
  label,
  problem,
  hint,
  hideLabel,
  children,
}: Said & { id: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-[0.87rem] font-medium'}>
        {label}
      </label>
      {children}
      {(problem || hint) && (
        <p
          id={`${id}-said`}
          role={problem ? 'alert' : undefined}
          className={`text-[0.85rem] ${problem ? 'text-bad' : 'text-muted'}`}
        >
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}

type FieldProps = Said & InputHTMLAttributes<HTMLInputElement>;

/** A line of text with its label, a hint, and what is wrong with it. */
export function Field({ label, problem, hint, hideLabel, className = '', ...rest }: FieldProps) {
  const id = useId();
  const said = problem || hint ? `${id}-said` : undefined;
  return (
    <Around id={id} label={label} problem={problem} hint={hint} hideLabel={hideLabel ?? false}>
      <input
        id={id}
        className={`${inputLook} ${className}`}
        aria-invalid={problem ? true : undefined}
        aria-describedby={said}
        {...rest}
      />
    </Around>
  );
}

type SelectProps = Said & SelectHTMLAttributes<HTMLSelectElement>;

/** A choice of one, by the browser's own means. */
export function Select({ label, problem, hint, hideLabel, className = '', ...rest }: SelectProps) {
  const id = useId();
  return (
    <Around id={id} label={label} problem={problem} hint={hint} hideLabel={hideLabel ?? false}>
      <select id={id} className={`${inputLook} pr-8 ${className}`} {...rest} />
    </Around>
  );
}
