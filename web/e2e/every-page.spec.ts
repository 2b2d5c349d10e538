import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { arrived, everyPage } from './pages';

/** The API's documentation is another program's page in a frame. */
const OTHERS = 'iframe';

const VIEWS = [
  { width: 1360, themes: ['light', 'dark'] as const },
  { width: 390, themes: ['dark'] as const },
];

for (const { width, themes } of VIEWS) {
  test(`every page opens at its address, accessible and without a complaint, ${width} wide`, async ({
    browser,
  }) => {
    test.setTimeout(300_000);
    const viewport = { width, height: 860 };
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const complaints = listen(page);
    for (const { name, path } of await everyPage()) {
      await page.emulateMedia({ colorScheme: themes[0] });
      await page.goto(path);
      await arrived(page);
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).exclude(OTHERS).analyze();
        const said = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
        expect(said, `${name}, ${colorScheme}`).toEqual([]);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(width);
      expect(complaints, name).toEqual([]);
    }
    await context.close();
  });
}

/** What the browser complains of: broken scripts, and whatever the policy had to stop. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    // An answer that is an error is shown by the page; the browser notes it too.
    const isAnswer = /status of (4|5)/.test(line.text());
    if (line.type() === 'error' && !isAnswer) complaints.push(line.text());
  });
  return complaints;
}
