// The first page: one question, one box, categories, and both languages one step apart.
import { expectAccessible } from '../support/axe';
import { expect, expectNoOverflow, locales, test } from '../support/portal';

test('the address alone leads to the language of the browser', async ({ visit }) => {
  const japanese = await visit({ locale: 'ja-JP' });
  await japanese.goto('/');
  await expect(japanese).toHaveURL(/\/ja$/);
  const english = await visit({ locale: 'en-GB' });
  await english.goto('/');
  await expect(english).toHaveURL(/\/en$/);
});

for (const locale of locales) {
  for (const javaScriptEnabled of [true, false]) {
    test(`home leads to an article in ${locale}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ visit }) => {
      const page = await visit({ javaScriptEnabled });
      await page.goto(`/${locale}`);
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      await expect(page.getByRole('main').getByRole('search')).toBeVisible();
      await expectNoOverflow(page);
      await expectAccessible(page);

      await page.getByRole('main').locator(`a[href^="/${locale}/categories/"]`).first().click();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectNoOverflow(page);
      await expectAccessible(page);

      await page.getByRole('main').locator(`a[href^="/${locale}/articles/"]`).first().click();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectNoOverflow(page);
      await expectAccessible(page);
    });
  }
}

test('with reduced motion nothing moves, not even from day to night', async ({ visit }) => {
  const page = await visit();
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto('/en');
  await page.emulateMedia({ colorScheme: 'dark' });
  const moving = await page.evaluate(() => document.getAnimations({ subtree: true }).length);
  expect(moving, 'animations under way').toBe(0);
});
