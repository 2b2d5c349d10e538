import { Upload } from 'lucide-react';
import { type DragEvent, type FormEvent, useId, useState } from 'react';
import { TypeIcon } from '@/components/marks';
import { count } from '@/lib/format';
import { Button, buttonLook } from '@/ui/Button';
import { Card } from '@/ui/Card';
import { type Line, MOST_LINES } from './lines';

type Props = { first: string; send: (lines: Line[]) => void; parse: (text: string) => Line[] };

/** Longer files are no lists of addresses. */
const MOST_BYTES = 1_000_000;

/** Where addresses are pasted or dropped; what is wrong with them is told before they are sent. */
export function Entry({ first, send, parse }: Props) {
  const [text, setText] = useState(first);
  const field = useId();
  const lines = parse(text);
  const good = lines.filter(({ problem }) => problem === undefined);
  const bad = lines.filter(({ problem }) => problem !== undefined);
  const isTooMany = good.length > MOST_LINES;
  const read = async (file: File | undefined) => {
    if (!file) return;
    const added = await file.slice(0, MOST_BYTES).text();
    setText((before) => (before.trim() ? `${before.trimEnd()}\n${added}` : added));
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send(good);
    setText(bad.map((line) => line.text).join('\n'));
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    read(event.dataTransfer.files[0]);
  };
  return (
    <Card>
      <form onSubmit={onSubmit} className="grid gap-4">
        <label htmlFor={field} className="font-medium">
          Addresses, one a line
        </label>
        <textarea
          id={field}
          value={text}
          rows={Math.min(Math.max(lines.length + 1, 4), 14)}
          spellCheck={false}
          placeholder={
            'https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2\nhttps://huggingface.co/datasets/squad\nhttps://github.com/openai/whisper'
          }
          onChange={(event) => setText(event.target.value)}
          onDragOver={(event) => event.preventDefault()}
          onDrop={onDrop}
          className="w-full rounded-md border border-line-strong/60 bg-surface px-3 py-2.5 font-mono text-[0.9rem] leading-relaxed placeholder:text-muted"
        />
        {lines.length > 0 && <Preview good={good} bad={bad} />}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="main" disabled={good.length === 0 || isTooMany}>
            {good.length > 1 ? `Register ${count(good.length)}` : 'Register'}
          </Button>
          <label
            className={`${buttonLook()} cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent`}
          >
            <Upload size={16} aria-hidden /> From a file
            <input
              type="file"
              accept=".txt,.csv,text/plain,text/csv"
              className="sr-only"
              onChange={(event) => read(event.target.files?.[0])}
            />
          </label>
          <span className="text-[0.87rem] text-muted">
            {isTooMany
              ? `At most ${count(MOST_LINES)} at once.`
              : 'A file can be dropped on the field too.'}
          </span>
        </div>
      </form>
    </Card>
  );
}

const SHOWN = 8;

function Preview({ good, bad }: { good: Line[]; bad: Line[] }) {
  return (
    <div className="grid gap-2 text-[0.92rem]" aria-live="polite">
      <p className="text-muted">
        {count(good.length)} to register{bad.length > 0 && `, ${count(bad.length)} left out`}
      </p>
      <ul className="grid gap-1">
        {good.slice(0, SHOWN).map((line) => (
          <li key={line.address} className="flex items-center gap-2">
            {line.type && <TypeIcon type={line.type} size={15} />}
            <span className="truncate">{line.address}</span>
          </li>
        ))}
        {good.length > SHOWN && (
          <li className="text-muted">and {count(good.length - SHOWN)} more</li>
        )}
        {bad.map((line) => (
          <li key={`${line.number} ${line.text}`} className="wrap-anywhere text-bad">
            Line {line.number}: “{line.text}” is left out, {line.problem}.
          </li>
        ))}
      </ul>
    </div>
  );
}
