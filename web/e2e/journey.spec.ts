import { expect, test } from '@playwright/test';
import { artifact, registryUrl } from './pages';
import { type Running, startRegistry, type Upstreams } from './registry';

const upstreams = (): Upstreams => JSON.parse(process.env.UPSTREAMS ?? '');

test.describe('in a registry of its own', () => {
  let registry: Running;
  test.beforeEach(async () => {
    registry = await startRegistry(upstreams());
  });
  test.afterEach(() => registry.stop());

  test('a newcomer registers a model, watches it arrive, reads its rating and downloads it', async ({
    page,
  }) => {
    await page.goto(registry.url);
    await page.getByRole('link', { name: 'Register the first' }).click();
    await page
      .getByLabel('Addresses, one a line')
      .fill(
        'https://huggingface.co/lanternfish-lab/tern-base\nlanternfish-lab/tern-base\nhttps://example.com/a/b',
      );
    await expect(page.getByText('1 to register, 2 left out')).toBeVisible();
    await expect(page.getByText(/the same as on line 1/)).toBeVisible();
    await expect(page.getByText(/neither on Hugging Face nor on GitHub/)).toBeVisible();
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await expect(page.getByText('Ready')).toBeVisible({ timeout: 20_000 });
    await page.getByRole('link', { name: 'Show it' }).click();
    await expect(page.getByRole('meter', { name: 'Net score' })).toBeVisible();
    await page.getByRole('link', { name: 'Rating' }).click();
    await expect(page.getByRole('heading', { name: 'Eleven questions' })).toBeVisible();
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download', exact: true }).click();
    expect((await coming).suggestedFilename()).toMatch(/tern-base.*\.zip$/);
  });

  test('a model that was registered before is found instead, and a failed one is tried again', async ({
    page,
  }) => {
    await page.goto(`${registry.url}/ingest?url=https://huggingface.co/nobody/not-there`);
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await expect(page.getByText('Failed')).toBeVisible({ timeout: 20_000 });
    await page.reload();
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await expect(page.getByText('registered before')).toBeVisible();
    await page.getByRole('link', { name: 'Show it' }).click();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { name: 'It did not arrive' })).toBeVisible();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await expect(page).toHaveURL(/browse/);
    await expect(page.getByText('Nothing is like this')).toBeVisible();
  });
});

test('models are compared, and the address holds the comparison', async ({ page }) => {
  const base = await artifact('tern-base');
  await page.goto(`${registryUrl()}/model/${base.id}`);
  await page.getByRole('main').getByRole('link', { name: 'Compare' }).click();
  await expect(page.getByText('Choose one more')).toBeVisible();
  await page.getByLabel('Add a model').fill('duet');
  await page.getByRole('button', { name: /^tern-duet/ }).click();
  const row = page.getByRole('row', { name: /Net score/ });
  await expect(row.getByRole('meter')).toHaveCount(2);
  await expect(row.getByText('best')).toHaveCount(1);
  await page.reload();
  await expect(row.getByRole('meter')).toHaveCount(2);
  await page.getByRole('button', { name: 'Leave out tern-base' }).click();
  await expect(page.getByText('Choose one more')).toBeVisible();
});

test('health shows every component, and a benchmark runs to its results', async ({ page }) => {
  await page.goto(`${registryUrl()}/status`);
  await expect(page.getByRole('heading', { name: 'Hugging Face' })).toBeVisible();
  await page.getByLabel('Window').selectOption('Last day');
  await expect(page).toHaveURL(/window=1440/);
  await page.getByLabel('Downloads').fill('20');
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByText('20 of 20')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('link', { name: 'JSON' })).toHaveAttribute('download', /json$/);
});

test('the documentation is inside the frame of the app', async ({ page }) => {
  await page.goto(`${registryUrl()}/reference`);
  const docs = page.frameLocator('iframe');
  await expect(docs.getByText('/artifact/model/{id}/lineage').first()).toBeVisible({
    timeout: 20_000,
  });
});
