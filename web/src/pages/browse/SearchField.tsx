import { useRef, useState } from 'react';
import { useSearchState } from '@/lib/useSearchState';
import { Field } from '@/ui/Field';

/** Long enough to type the next letter, short enough to feel at once. */
const PAUSE_MS = 200;

/** Words or a regular expression; what is wrong with it is said while it is typed. */
export function SearchField({ problem }: { problem: string | undefined }) {
  const [search, change] = useSearchState();
  const isRegex = search.regex !== undefined || search.pattern === 'regex';
  const asked = search.regex ?? search.q ?? '';
  const [typed, setTyped] = useState(asked);
  const [known, setKnown] = useState(asked);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (known !== asked) {
    setKnown(asked);
    setTyped(asked);
  }
  const ask = (text: string, regex: boolean) => {
    clearTimeout(timer.current);
    setKnown(text);
    change(
      {
        q: regex ? undefined : text || undefined,
        regex: regex ? text || undefined : undefined,
        pattern: regex && !text ? 'regex' : undefined,
      },
      true,
    );
  };
  return (
    <search className="flex min-w-60 flex-1 items-start">
      <div className="min-w-0 flex-1">
        <Field
          label={
            isRegex ? 'Regular expression over names and READMEs' : 'Words in names and READMEs'
          }
          hideLabel
          type="search"
          value={typed}
          problem={problem}
          placeholder={
            isRegex
              ? 'A regular expression, such as bert.*(base|large)'
              : 'Words of a name or README'
          }
          className={`rounded-r-none! ${isRegex ? 'font-mono text-[0.92rem]' : ''}`}
          onChange={(event) => {
            const text = event.target.value;
            setTyped(text);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => ask(text, isRegex), PAUSE_MS);
          }}
        />
      </div>
      <button
        type="button"
        aria-pressed={isRegex}
        title="Search by regular expression"
        onClick={() => ask(typed, !isRegex)}
        className="-ml-px h-10 rounded-r-md border border-line-strong/60 bg-surface px-3 font-mono text-muted aria-pressed:bg-accent-soft aria-pressed:text-accent"
      >
        .*
        <span className="sr-only"> Regular expression</span>
      </button>
    </search>
  );
}
