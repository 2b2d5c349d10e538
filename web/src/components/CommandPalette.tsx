import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CornerDownLeft, FileText, Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useState } from 'react';
import type { CatalogItem } from '@/api/generated/types.gen';
import { asProblem } from '@/api/problem';
import { catalogTop } from '@/api/queries';
import { repository, score } from '@/lib/format';
import { paths } from '@/lib/paths';
import { TypeIcon } from './marks';

type Choice = { key: string; to: string; search?: Record<string, string>; shown: ReactNode };

const PAGES: [string, string][] = [
  ['Browse everything', paths.browse()],
  ['Register something', paths.ingest()],
  ['Compare models', paths.compare()],
  ['Health of the registry', paths.status()],
  ['API documentation', paths.reference()],
  ['Settings and theme', paths.settings()],
];

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** One box from which everything can be reached. */
export function CommandPalette({ open, onOpenChange }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-stone/50 backdrop-blur-[2px]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[10vh] left-1/2 z-50 w-[min(40rem,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded-card border border-line bg-surface shadow-card"
        >
          <Dialog.Title className="sr-only">Search everything</Dialog.Title>
          <Palette close={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette({ close }: { close: () => void }) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const asked = useDeferredValue(text.trim());
  const found = useQuery({
    ...catalogTop({ ...(asked ? { q: asked } : { sort: '-created' }), limit: 8 }),
    placeholderData: keepPreviousData,
  });
  const navigate = useNavigate();
  const list = useId();
  const choices = choicesFor(asked, found.data ?? []);
  const go = (choice: Choice | undefined) => {
    if (!choice) return;
    close();
    navigate({ to: choice.to, search: choice.search ?? {} });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive((active + step + choices.length) % Math.max(choices.length, 1));
    } else if (event.key === 'Enter') go(choices[active]);
  };
  return (
    <>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search size={18} aria-hidden className="text-muted" />
        <input
          role="combobox"
          aria-label="Search everything"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={choices[active] && `${list}-${active}`}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          placeholder="A name, words of a README, a page…"
          className="h-13 w-full bg-transparent outline-none placeholder:text-muted"
        />
      </div>
      <div id={list} role="listbox" aria-label="Found" className="max-h-[55vh] overflow-y-auto p-2">
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keyboard
          <div
            key={choice.key}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onClick={() => go(choice)}
            onMouseMove={() => setActive(index)}
            className="flex cursor-pointer items-center gap-3 rounded-md px-3 py-2 aria-selected:bg-sunken"
          >
            {choice.shown}
            {index === active && <CornerDownLeft size={14} aria-hidden className="text-muted" />}
          </div>
        ))}
      </div>
      {found.isError && (
        <p role="alert" className="border-t border-line px-4 py-2 text-bad">
          {asProblem(found.error).message}
        </p>
      )}
    </>
  );
}

function choicesFor(asked: string, found: CatalogItem[]): Choice[] {
  const artifacts = found.map((item) => ({
    key: item.id,
    to: paths.artifact(item.type, item.id),
    shown: <Found item={item} />,
  }));
  const pages = PAGES.filter(([label]) => label.toLowerCase().includes(asked.toLowerCase()));
  const all = asked
    ? [
        {
          key: 'all',
          to: paths.browse(),
          search: { q: asked },
          shown: <Line>Browse all that match “{asked}”</Line>,
        },
      ]
    : [];
  return [
    ...artifacts,
    ...all,
    ...pages.map(([label, to]) => ({ key: to, to, shown: <Line>{label}</Line> })),
  ];
}

function Found({ item }: { item: CatalogItem }) {
  return (
    <>
      <TypeIcon type={item.type} />
      <span className="truncate font-medium">{item.name}</span>
      <span className="truncate text-[0.87rem] text-muted">{repository(item.url)}</span>
      <span className="ml-auto font-mono text-[0.87rem]">
        {typeof item.net_score === 'number' && score(item.net_score)}
      </span>
    </>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <>
      <FileText size={17} aria-hidden className="shrink-0 text-muted" />
      <span className="mr-auto truncate">{children}</span>
    </>
  );
}
