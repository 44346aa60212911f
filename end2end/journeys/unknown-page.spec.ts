// Whoever follows a dead link is told so in their language, and can go on from there.
import { expectAccessible } from '../support/axe';
import { expect, expectNoOverflow, locales, test } from '../support/portal';

const words = { ja: { search: '記事を検索' }, en: { search: 'Search the articles' } };

test.describe('a page that does not exist', () => {
  // The browser's console reports the status of the page itself.
  test.use({ expectedComplaints: [/status of 404/] });

  for (const locale of locales) {
    for (const javaScriptEnabled of [true, false]) {
      test(`says so in ${locale}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ visit }) => {
        const page = await visit({ javaScriptEnabled });
        const response = await page.goto(`/${locale}/no-such-page`);
        expect(response?.status()).toBe(404);
        await expect(page.locator('html')).toHaveAttribute('lang', locale);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByRole('link', { name: words[locale].search })).toHaveAttribute(
          'href',
          `/${locale}/search`,
        );
        await expectNoOverflow(page);
        await expectAccessible(page);
      });
    }
  }
});
