import { mkdirSync } from 'node:fs';
import { test } from '@playwright/test';
import { arrived, everyPage } from './pages';

/** Every page in both themes and two widths, into `e2e/screenshots`. */

const WIDTHS = { wide: { width: 1360, height: 900 }, phone: { width: 390, height: 844 } };

mkdirSync('e2e/screenshots', { recursive: true });

for (const theme of ['light', 'dark'] as const) {
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    test(`${theme}, ${width}`, async ({ browser }) => {
      test.setTimeout(180_000);
      const context = await browser.newContext({ colorScheme: theme, viewport });
      const page = await context.newPage();
      for (const { name, path } of await everyPage()) {
        await page.goto(path);
        await arrived(page);
        await page.waitForLoadState('networkidle');
        await page.screenshot({
          path: `e2e/screenshots/${name}-${width}-${theme}.png`,
          fullPage: true,
          animations: 'disabled',
        });
      }
    });
  }
}
