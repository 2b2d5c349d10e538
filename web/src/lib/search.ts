/** The query of an address as plain words, so that people can read and write it. */

export type Search = Record<string, string | undefined>;

export const searchOf = (text: string): Search =>
  Object.fromEntries([...new URLSearchParams(text)].filter(([, value]) => value !== ''));

export function searchText(search: Record<string, unknown>): string {
  const said = Object.entries(search)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => [key, String(value)]);
  const text = new URLSearchParams(said)
    .toString()
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':')
    .replaceAll('%2F', '/');
  return text && `?${text}`;
}
