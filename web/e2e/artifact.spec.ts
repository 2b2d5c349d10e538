import { expect, test } from '@playwright/test';
import { artifact, registryUrl } from './pages';

const open = async (page: import('@playwright/test').Page, name: string, tab = '') => {
  const { type, id } = await artifact(name);
  await page.goto(`${registryUrl()}/${type}/${id}/${tab}`);
  return id;
};

test('a rating opens to what it rests on and where that was seen', async ({ page }) => {
  await open(page, 'tern-base');
  await page.getByRole('link', { name: 'Rating' }).click();
  await page.getByText('Ramp-up time').click();
  const row = page.getByRole('listitem').filter({ hasText: 'Ramp-up time' });
  await expect(row.getByText(/\d\.\d\d\/\d\.\d\d/).first()).toBeVisible();
  await expect(row.getByRole('link').first()).toHaveAttribute('href', /^http.*tern-base/);
  await expect(page.getByText('Raspberry Pi', { exact: true })).toBeVisible();
});

test('a file is downloaded with the bytes that its hash names', async ({ page }) => {
  await open(page, 'tern-base', 'files');
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download config.json' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('config.json');
  const stream = await download.createReadStream();
  const parts = await stream.toArray();
  expect(JSON.parse(Buffer.concat(parts).toString())).toHaveProperty('model_type');
});

test('lineage is followed by keyboard', async ({ page }) => {
  await open(page, 'tern-duet', 'lineage');
  await page.getByRole('link', { name: /tern-tagger/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'tern-tagger' })).toBeVisible();
  await expect(page).toHaveURL(/lineage/);
  await page.getByRole('checkbox', { name: 'Not registered' }).uncheck();
  await expect(page).toHaveURL(/include=/);
  await expect(page.getByText('notes-tagger')).toHaveCount(0);
});

test('a product asks about the licence and reads the reasoning', async ({ page }) => {
  await open(page, 'tern-base', 'licence');
  const field = page.getByLabel('GitHub repository of the product');
  await field.fill('https://github.com/lanternfish-lab/tern');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText(/The model is under Apache-2.0/)).toBeVisible();
  await field.fill('https://example.com/not/github');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
});

test('a cost names what it is made of and leads there', async ({ page }) => {
  await open(page, 'tern-base-support-intent', 'cost');
  await page.getByRole('link', { name: 'harbour-letters' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'harbour-letters' })).toBeVisible();
});

test('one that did not arrive says why', async ({ page }) => {
  await open(page, 'not-there');
  await expect(page.getByRole('heading', { name: 'It did not arrive' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('does not exist upstream');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeEnabled();
});

test('an artifact that is not registered is said not to be', async ({ page }) => {
  await page.goto(`${registryUrl()}/model/00000000-0000-7000-8000-000000000000`);
  await expect(page.getByRole('alert')).toContainText('There is no model');
});

test('a README runs nothing and loads nothing from elsewhere', async ({ page }) => {
  const { id } = await artifact('tern-base');
  await page.route('**/download?file=README.md*', (route) =>
    route.fulfill({
      contentType: 'text/markdown',
      body: '# Harmless\n<script>document.title="ran"</script><img src=x onerror="document.title=\'ran\'">\n<a href="javascript:document.title=\'ran\'">press</a>\n\n![a picture](https://example.com/a.png)\n<iframe src="https://example.com"></iframe>',
    }),
  );
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(registryUrl())) elsewhere.push(request.url());
  });
  await page.goto(`${registryUrl()}/model/${id}`);
  await expect(page.getByRole('heading', { name: 'Harmless' })).toBeVisible();
  await page.getByText('press').click();
  await expect(page.getByText('a picture')).toBeVisible();
  expect(await page.title()).toBe('tern-base · Touchstone');
  expect(await page.locator('.markdown').locator('iframe, script, img').count()).toBe(0);
  expect(elsewhere).toEqual([]);
});

test('what fails to load is said, and loads when asked again', async ({ page }) => {
  await page.route('**/rate/evidence*', (route) => route.abort());
  await open(page, 'tern-base', 'rating');
  await expect(page.getByRole('alert')).toContainText('cannot be reached');
  await page.unroute('**/rate/evidence*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Eleven questions' })).toBeVisible();
});
