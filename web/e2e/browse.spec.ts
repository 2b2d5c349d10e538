import { expect, test } from '@playwright/test';
import { registryUrl } from './pages';

test('the view is narrowed down, sorted and kept in the address', async ({ page }) => {
  await page.goto(`${registryUrl()}/browse`);
  await page.getByRole('checkbox', { name: 'Models' }).check();
  await page.getByRole('checkbox', { name: 'Ready' }).check();
  await page.getByRole('button', { name: 'Net score' }).click();
  await expect(page.getByRole('columnheader', { name: 'Net score' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  const rows = page.getByRole('row');
  await expect(rows.nth(1)).toContainText('tern-base');
  await expect(page).toHaveURL(/type=model/);
  const address = page.url();
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await expect(page.getByRole('link', { name: 'harbour-letters' })).toBeVisible();
  await page.goto(address);
  await expect(rows.nth(1)).toContainText('tern-base');
  await expect(page.getByRole('link', { name: 'harbour-letters' })).toHaveCount(0);
});

test('words and expressions are searched for, and mistakes said while typing', async ({ page }) => {
  await page.goto(`${registryUrl()}/browse`);
  const field = page.getByRole('searchbox');
  await field.pressSequentially('token classification');
  await expect(page).toHaveURL(/q=token/);
  await expect(page.getByRole('link', { name: 'heron-chat-nc' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'tern-tagger' })).toBeVisible();
  await page.getByRole('button', { name: 'Regular expression' }).click();
  await field.fill('^tern-(duet|tagger');
  await expect(page.getByRole('alert')).toContainText('not valid');
  await field.fill('^tern-(duet|tagger)$');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('2 found')).toBeVisible();
  await field.fill('zzz');
  await expect(page.getByText('Nothing is like this')).toBeVisible();
});

test('a list is one request, however many rows it has', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/^\/(catalog|artifact)/.test(pathname)) asked.push(pathname);
  });
  await page.goto(`${registryUrl()}/browse?type=model`);
  await expect(page.getByRole('row').nth(5)).toBeVisible();
  expect(asked.sort()).toEqual(['/catalog', '/catalog/summary']);
});
