/** The pages that every page-wide check goes through, at addresses of the filled registry. */

export const registryUrl = () => process.env.REGISTRY_URL ?? '';

export type NamedPage = { name: string; path: string };

type Item = { id: string; name: string; type: string };

/** An artifact of the filled registry by its name. */
export async function artifact(name: string): Promise<Item> {
  const answer = await fetch(`${registryUrl()}/catalog?limit=1000`);
  const { items } = (await answer.json()) as { items: Item[] };
  const found = items.find((item) => item.name === name);
  if (!found) throw new Error(`${name} is not registered: ${items.map((item) => item.name)}`);
  return found;
}

export async function everyPage(): Promise<NamedPage[]> {
  const pages = [
    ['home', '/'],
    ['settings', '/settings'],
    ['missing', '/nowhere'],
  ];
  return pages.map(([name, path]) => ({ name: name ?? '', path: `${registryUrl()}${path}` }));
}
