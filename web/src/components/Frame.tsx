import { Link, Outlet } from '@tanstack/react-router';
import {
  Activity,
  BookOpen,
  GitCompareArrows,
  Inbox,
  LayoutGrid,
  type LucideIcon,
  Search,
  Settings,
} from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { paths } from '@/lib/paths';
import { CommandPalette } from './CommandPalette';

const NAVIGATION: { to: string; label: string; icon: LucideIcon; onPhone: boolean }[] = [
  { to: paths.browse(), label: 'Browse', icon: LayoutGrid, onPhone: true },
  { to: paths.ingest(), label: 'Ingest', icon: Inbox, onPhone: true },
  { to: paths.compare(), label: 'Compare', icon: GitCompareArrows, onPhone: true },
  { to: paths.status(), label: 'Health', icon: Activity, onPhone: true },
  { to: paths.reference(), label: 'API', icon: BookOpen, onPhone: false },
  { to: paths.settings(), label: 'Settings', icon: Settings, onPhone: true },
];

/** What is around every page. */
export function Frame() {
  const [searching, setSearching] = useState(false);
  const main = useRef<HTMLElement>(null);
  useSearchKeys(() => setSearching(true));
  return (
    <div className="flex min-h-dvh flex-col">
      <button
        type="button"
        onClick={() => main.current?.focus()}
        className="sr-only z-50 rounded-md bg-ink px-4 py-2 text-paper focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </button>
      <TopBar onSearch={() => setSearching(true)} />
      <main
        ref={main}
        tabIndex={-1}
        className="mx-auto w-full max-w-[88rem] min-w-0 flex-1 px-4 pt-6 pb-24 outline-none sm:px-6 md:pb-12"
      >
        <Outlet />
      </main>
      <BottomBar />
      <CommandPalette open={searching} onOpenChange={setSearching} />
    </div>
  );
}

function TopBar({ onSearch }: { onSearch: () => void }) {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-paper/90 backdrop-blur">
      <div className="mx-auto flex h-15 max-w-[88rem] items-center gap-2 px-4 sm:px-6">
        <Link
          to="/"
          className="mr-3 flex items-center gap-2.5 rounded-md"
          aria-label="Touchstone, home"
        >
          <Mark />
          <span className="font-serif text-[1.25rem] font-semibold tracking-tight">Touchstone</span>
        </Link>
        <nav aria-label="Pages" className="hidden items-center gap-0.5 md:flex">
          {NAVIGATION.map(({ to, label }) => (
            <Link
              key={to}
              to={to}
              className="rounded-md px-3 py-1.5 font-medium text-muted transition-colors hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:text-ink"
            >
              {label}
            </Link>
          ))}
        </nav>
        <button
          type="button"
          onClick={onSearch}
          aria-keyshortcuts="/ Control+K Meta+K"
          className="ml-auto flex h-10 min-w-0 items-center gap-2 rounded-md border border-line bg-surface px-3 text-muted hover:border-line-strong lg:w-64"
        >
          <Search size={16} aria-hidden className="shrink-0" />
          <span className="max-lg:sr-only">Search everything</span>
          <kbd className="ml-auto hidden rounded border border-line px-1.5 font-mono text-[0.75rem] lg:block">
            /
          </kbd>
        </button>
      </div>
    </header>
  );
}

function BottomBar() {
  return (
    <nav
      aria-label="Pages, at the bottom"
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-paper/95 pb-[env(safe-area-inset-bottom)] backdrop-blur md:hidden"
    >
      {NAVIGATION.filter(({ onPhone }) => onPhone).map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className="flex flex-1 flex-col items-center gap-0.5 py-2 text-[0.75rem] font-medium text-muted aria-[current=page]:text-accent"
        >
          <Icon size={19} aria-hidden />
          {label}
        </Link>
      ))}
    </nav>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <path d="M5 9.5 13 3l12 3 4 10-5 11-13 2-8-9z" className="fill-stone stroke-line-strong/40" />
      <path d="M8.5 20.5 23 10.2" className="stroke-gold" strokeWidth="3.4" strokeLinecap="round" />
    </svg>
  );
}

/** `/` outside of fields, Ctrl-K anywhere. */
function useSearchKeys(open: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const writing =
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, select, [contenteditable]');
      const slash = event.key === '/' && !writing && !event.ctrlKey && !event.metaKey;
      if (slash || (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey))) {
        event.preventDefault();
        open();
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [open]);
}
