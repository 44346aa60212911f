// Accessibility as axe sees it: WCAG 2.2 AA and axe's own good practice, by day and by night.
import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { awake, expect, isScriptless } from './portal';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** No violation on the page as it stands, in the light and in the dark scheme. */
export async function expectAccessible(page: Page) {
  // Islands that wake up in the middle would be seen half asleep.
  if (!isScriptless(page)) await awake(page);
  const subject = isScriptless(page) ? await stillLife(page) : page;
  for (const colorScheme of ['light', 'dark'] as const) {
    await subject.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page: subject }).withTags(rules).analyze();
    const told = violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}: ${node.failureSummary}`),
    );
    expect(told, `axe on ${page.url()}, ${colorScheme}`).toEqual([]);
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
