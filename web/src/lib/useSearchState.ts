import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Search } from './search';

/** The query of the address, and a way to change some of it; the rest stays. */
export function useSearchState(): [Search, (change: Search, replace?: boolean) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const change = (some: Search, replace = false) =>
    navigate({
      to: '.',
      search: (all: Search) => ({ ...all, ...some }),
      replace,
      resetScroll: false,
    });
  return [search, change];
}
