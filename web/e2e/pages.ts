import { expect, type Page } from '@playwright/test';

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

/** Waits until a page has its heading and nothing more to fetch. */
export async function arrived(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page.getByLabel('Loading')).toHaveCount(0);
}

export async function everyPage(): Promise<NamedPage[]> {
  const model = await artifact('tern-base-support-intent');
  const tabs = ['rating', 'files', 'lineage', 'cost', 'licence', 'revisions', 'activity'];
  const others = await Promise.all(['tern-base', 'tern-duet'].map(artifact));
  const failed = await artifact('not-there');
  const pages = [
    ['home', '/'],
    ['browse', '/browse'],
    ['browse-cards', '/browse?view=grid&type=model&sort=-net_score'],
    ['browse-nothing', '/browse?q=unheard-of'],
    ['browse-mistake', '/browse?regex=tern('],
    ['model', `/model/${model.id}`],
    ...tabs.map((tab) => [`model-${tab}`, `/model/${model.id}/${tab}`]),
    ['model-failed', `/model/${failed.id}`],
    ['data-set', `/dataset/${(await artifact('harbour-letters')).id}`],
    ['ingest', '/ingest?url=https%3A%2F%2Fhuggingface.co%2Fnobody%2Fnew'],
    ['compare', `/compare?ids=${[model, ...others].map(({ id }) => id).join(',')}`],
    ['compare-none', '/compare'],
    ['health', '/status'],
    ['api', '/reference'],
    ['settings', '/settings'],
    ['missing', '/nowhere'],
  ];
  return pages.map(([name, path]) => ({ name: name ?? '', path: `${registryUrl()}${path}` }));
}
