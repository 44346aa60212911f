// Accessibility as axe sees it: WCAG 2.2 AA and axe's own good practice, by day and by night.
import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { awake, expect, isScriptless } from './portal';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What the two schemes can differ in. */
const colours = ['color-contrast', 'link-in-text-block'];

/** No violation on the page as it stands, by day, and unless told otherwise in its colours by night. */
export async function expectAccessible(page: Page, schemes: readonly ('light' | 'dark')[] = ['light', 'dark']) {
  // Islands that wake up in the middle would be seen half asleep.
  if (!isScriptless(page)) await awake(page);
  const subject = isScriptless(page) ? await stillLife(page) : page;
  for (const colorScheme of schemes) {
    await subject.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // There are no frames of other origins, for which axe would open a window of its own.
    const axe = new AxeBuilder({ page: subject }).setLegacyMode();
    const { violations } = await (colorScheme === 'light' ? axe.withTags(rules) : axe.withRules(colours)).analyze();
    const told = violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}: ${node.failureSummary}`),
    );
    expect.soft(told, `axe on ${page.url()}, ${colorScheme}`).toEqual([]);
  }
  if (subject === page) await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  else await subject.context().close();
}

/**
 * The document of a page without JavaScript, in a window where axe can run: its scripts taken out, and what stands
 * in `noscript` shown.
 */
async function stillLife(page: Page): Promise<Page> {
  const html = (await page.content())
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/<\/?noscript\b[^>]*>/g, '');
  const context = await page.context().browser()!.newContext({ viewport: page.viewportSize() });
  const subject = await context.newPage();
  await subject.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  await subject.goto(page.url());
  return subject;
}
