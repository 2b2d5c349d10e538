import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { everyPage } from './pages';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1360, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing on any page, ${colorScheme}, ${viewport.width} wide`, async ({
      browser,
    }) => {
      test.setTimeout(120_000);
      const context = await browser.newContext({ colorScheme, viewport, reducedMotion: 'reduce' });
      const page = await context.newPage();
      for (const { name, path } of await everyPage()) {
        await page.goto(path);
        await page.waitForLoadState('networkidle');
        const { violations } = await new AxeBuilder({ page }).analyze();
        const said = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
        expect(said, name).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(viewport.width);
      }
    });
  }
}
