import { Check, Copy as CopyIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from './Button';

/** Puts a text on the clipboard. */
export function Copy({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <Button look="plain" size="small" onClick={copy} aria-label={label} title={label}>
      {copied ? <Check size={15} aria-hidden /> : <CopyIcon size={15} aria-hidden />}
      <span aria-live="polite" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </Button>
  );
}

/** A command to copy. */
export function Command({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-start gap-1 rounded-md border border-line bg-sunken py-1 pr-1 pl-3">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="min-w-0 flex-1 overflow-x-auto py-1.5 font-mono text-[0.85rem]">
        {text}
      </pre>
      <Copy text={text} label={label} />
    </div>
  );
}
