import { expect, test } from '@playwright/test';
import { artifact, registryUrl } from './pages';
import { register, startRegistry } from './registry';

test('scripts and styles are kept for ever, pages never, and nothing is allowed inline', async ({
  page,
}) => {
  const kept = new Map<string, string | undefined>();
  page.on('response', (answer) => kept.set(answer.url(), answer.headers()['cache-control']));
  const first = await page.goto(registryUrl());
  await page.waitForLoadState('networkidle');
  const policy = first?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain('script-src');
  expect(policy).not.toContain('unsafe-eval');
  expect(first?.headers()['cache-control']).toBe('no-cache');
  const assets = [...kept].filter(([url]) => url.includes('/assets/'));
  expect(assets.length).toBeGreaterThan(3);
  for (const [url, rule] of assets) expect(rule, url).toContain('immutable');
});

test('a file that is not there is not answered with a page', async ({ request }) => {
  const missing = await request.get(`${registryUrl()}/assets/gone-1234.js`, {
    headers: { accept: 'text/html' },
  });
  expect(missing.status()).toBe(404);
  const program = await request.get(`${registryUrl()}/browse`, {
    headers: { accept: 'application/json' },
  });
  expect(program.status()).toBe(404);
});

test('everything works under the prefix of a gateway', async ({ page }) => {
  const upstreams = JSON.parse(process.env.UPSTREAMS ?? '');
  const registry = await startRegistry(upstreams, { ROOT_PATH: '/prod' });
  try {
    await register(registry.url, 'model', upstreams.models[0]);
    await page.goto(`${registry.url}/settings`);
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await expect(page.getByText(registry.url)).toBeVisible();
    await page.getByRole('link', { name: 'Touchstone, home' }).click();
    await expect(page).toHaveURL(`${registry.url}/`);
    await expect(page.getByText('tern-base').first()).toBeVisible();
  } finally {
    await registry.stop();
  }
});

test('everything can be reached from one box by keyboard', async ({ page }) => {
  const tagger = await artifact('tern-tagger');
  await page.goto(registryUrl());
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('tagger');
  await expect(page.getByRole('option').first()).toContainText('tern-tagger');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(tagger.id));
  await page.keyboard.press('Control+k');
  await page.keyboard.type('settings');
  await expect(page.getByRole('option', { name: 'Settings and theme' })).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/settings$/);
});

test('the theme follows the system until another is chosen, and the choice stays', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${registryUrl()}/settings`);
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('radio', { name: 'Light' }).check();
  await expect(root).toHaveAttribute('data-theme', 'light');
  await page.reload();
  await expect(root).toHaveAttribute('data-theme', 'light');
  await page.getByRole('radio', { name: 'As the system' }).check();
  await expect(root).toHaveAttribute('data-theme', 'dark');
});

test('a registry that cannot be reached is said to be, and asked again', async ({ page }) => {
  await page.route('**/catalog/summary', (route) => route.abort());
  await page.goto(registryUrl());
  await expect(page.getByRole('alert')).toContainText('cannot be reached');
  await page.unroute('**/catalog/summary');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Recent arrivals' })).toBeVisible();
});
