import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';

/** Leads to everything that matches, or registers what is an address. */
export function SearchBox() {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const isAddress = /^https?:\/\//i.test(text.trim());
  return (
    <search>
      <form
        className="flex max-w-2xl gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          const said = text.trim();
          if (isAddress) navigate({ to: paths.ingest(), search: { url: said } });
          else navigate({ to: paths.browse(), search: { q: said || undefined } });
        }}
      >
        <label className="flex h-12 min-w-0 flex-1 items-center gap-3 rounded-lg border border-line-strong/60 bg-surface px-4 shadow-card focus-within:border-accent">
          <Search size={18} aria-hidden className="shrink-0 text-muted" />
          <span className="sr-only">Search the registry, or register an address</span>
          <input
            type="search"
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder="A name, words of a README, or an address to register"
            className="h-full w-full min-w-0 bg-transparent outline-none placeholder:text-muted"
          />
        </label>
        <Button type="submit" look="main" className="h-12! rounded-lg!">
          {isAddress ? 'Register' : 'Search'}
        </Button>
      </form>
    </search>
  );
}
