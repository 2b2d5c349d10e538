import type { BrowseCatalogData } from '@/api/generated/types.gen';
import type { Search } from '@/lib/search';

/** What the address asks of the catalogue. Its words are those of the API. */

const KEYS = [
  'q',
  'regex',
  'type',
  'status',
  'license',
  'task',
  'library',
  'size',
  'score',
  'sort',
] as const;

export type Filter = NonNullable<BrowseCatalogData['query']>;

/** The part of an address that the catalogue is asked with. */
export function filterOf(search: Search): Filter {
  const said = KEYS.flatMap((key) => (search[key] ? [[key, search[key]]] : []));
  return { sort: '-created', ...Object.fromEntries(said) };
}

/** Whether anything narrows the catalogue down. */
export const isNarrowed = (search: Search) =>
  KEYS.some((key) => key !== 'sort' && search[key] !== undefined);

/** An address without anything that narrows the catalogue down. */
export const widened: Search = Object.fromEntries(
  KEYS.filter((key) => key !== 'sort').map((key) => [key, undefined]),
);

export const listOf = (text: string | undefined): string[] => (text ? text.split(',') : []);

/** A list with a word put in, or taken out where it was in. */
export function toggled(text: string | undefined, word: string): string | undefined {
  const list = listOf(text);
  const next = list.includes(word) ? list.filter((one) => one !== word) : [...list, word];
  return next.join(',') || undefined;
}

export type Range = { from: string; to: string };

/** The ranges of `metric:from..to,…`, by metric. */
export function rangesOf(text: string | undefined): Record<string, Range> {
  const ranges = listOf(text).map((one) => {
    const [metric = '', range = ''] = one.split(':');
    const [from = '', to = ''] = range.split('..');
    return [metric, { from, to }] as const;
  });
  return Object.fromEntries(ranges);
}

/** The same with the range of one metric changed; an open one is left out. */
export function withRange(text: string | undefined, metric: string, range: Range) {
  const ranges = { ...rangesOf(text), [metric]: range };
  const said = Object.entries(ranges).filter(([, { from, to }]) => from || to);
  return said.map(([name, { from, to }]) => `${name}:${from}..${to}`).join(',') || undefined;
}
