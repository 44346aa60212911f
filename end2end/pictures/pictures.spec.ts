// Pictures of the pages, to be looked at: docs/screenshots for README.md, and everything else where
// KOTAE_TEST_PICTURES says.
import { join } from 'node:path';
import { cast } from '../support/cast';
import { test } from '../support/staff';
import { awake, locales } from '../support/portal';

const widths = [1280, 390];
const schemes = ['light', 'dark'] as const;
const folder = process.env.KOTAE_TEST_PICTURES ?? 'test-results/pictures';

/** Pages that everybody can open, below the language. */
const portal = { home: '', categories: '/categories', search: '/search?q=password', ask: '/ask', 'sign-in': '/sign-in' };

/** Pages of the desk, as its administrator sees them. */
const desk = {
  inbox: '/desk',
  articles: '/desk/articles',
  deflection: '/desk/deflection',
  people: '/desk/people',
  settings: '/desk/settings',
  outbox: '/desk/outbox',
};

test('README.md', async ({ visit, staff }) => {
  const screenshots = join(import.meta.dirname, '../../docs/screenshots');
  const customer = await visit();
  await customer.goto('/en/ask');
  await awake(customer);
  await customer.getByLabel('Subject').fill('Never got the sign-in mail');
  await customer.getByLabel('Description').fill('I asked for the link twice, and nothing came.');
  const answer = customer.getByRole('complementary').locator('summary').first();
  await answer.click();
  await customer.mouse.move(0, 0);
  await customer.waitForTimeout(1_000);
  await customer.screenshot({ path: join(screenshots, 'ask.png') });
  const cre = await staff(cast.cre, { locale: 'en-GB' });
  await cre.goto('/desk?view=open');
  await cre.getByRole('link', { name: 'Bulk invite' }).click();
  await cre.waitForTimeout(1_000);
  await cre.screenshot({ path: join(screenshots, 'inbox.png') });
});

for (const colorScheme of schemes) {
  for (const width of widths) {
    const file = (name: string) => ({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });

    for (const locale of locales) {
      test(`portal ${locale} ${width} ${colorScheme}`, async ({ visit }) => {
        const page = await visit({ colorScheme });
        await page.setViewportSize({ width, height: 844 });
        for (const [name, path] of Object.entries(portal)) {
          await page.goto(`/${locale}${path}`);
          await page.screenshot(file(`${name}-${locale}`));
        }
        await page.goto(`/${locale}`);
        await page.getByRole('main').locator(`a[href^="/${locale}/articles/"]`).first().click();
        await page.screenshot(file(`article-${locale}`));
      });
    }

    test(`desk ${width} ${colorScheme}`, async ({ staff }) => {
      const page = await staff(cast.administrator, { colorScheme });
      await page.setViewportSize({ width, height: 844 });
      for (const [name, path] of Object.entries(desk)) {
        await page.goto(path);
        await page.screenshot(file(`desk-${name}`));
      }
    });
  }
}
