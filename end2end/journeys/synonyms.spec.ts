// CRE say which words mean the same: seen before it is saved, and true for the next search, with JavaScript or without.
import { expectAccessible } from '../support/axe';
import { cast } from '../support/cast';
import { inventedWord } from '../support/invent';
import { expect, expectNoOverflow, locales } from '../support/portal';
import { test } from '../support/staff';

const words = {
  ja: { meaning: '請求書', article: 'invoice-company-name', nothing: '合う記事なし' },
  en: { meaning: 'invoice', article: 'invoice-company-name', nothing: 'No article fits' },
};

for (const locale of locales) {
  for (const javaScriptEnabled of [true, false]) {
    test(`a synonym changes the next search, and one sees how before, in ${locale}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({
      visit,
      staff,
    }) => {
      const { meaning, article, nothing } = words[locale];
      const word = inventedWord(locale);
      const midori = await staff(cast.cre, { locale, javaScriptEnabled });
      await midori.goto(`/desk/search/synonyms/new?language=${locale}`);
      await midori.locator('#words').fill(word);
      await midori.locator('#meanings').fill(meaning);
      await midori.locator('input[name="way"][value="one"]').check();
      await midori.locator('main button[name="do"][value="preview"]').click();
      const effect = midori.locator('.effect').first();
      await expect(effect.locator('.effect-side').first()).toContainText(nothing);
      await expect(effect.locator('.effect-side').last()).toContainText(meaning, { ignoreCase: true });
      await expect(midori.locator('#words'), 'what was typed is kept').toHaveValue(word);
      await expectNoOverflow(midori);
      await expectAccessible(midori);
      await midori.locator('main button[name="do"][value="save"]').click();
      const row = midori.locator('tr').filter({ hasText: word });
      await expect(row).toContainText(meaning);
      await expectNoOverflow(midori);

      const reader = await visit({ locale, javaScriptEnabled });
      const found = reader.locator(`a[href$="/articles/${article}"]`);
      await expect(async () => {
        await reader.goto(`/${locale}/search?q=${encodeURIComponent(word)}`);
        await expect(found.first()).toBeVisible({ timeout: 500 });
      }).toPass({ timeout: 5_000 });

      await row.locator('summary').click();
      await row.locator('form[action$="/remove"] button').click();
      await expect(midori.locator('tr').filter({ hasText: word })).toHaveCount(0);
    });
  }
}
