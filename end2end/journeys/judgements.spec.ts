// The judgement list: which article is right for which question, how search keeps to it, and what got worse.
import { expectAccessible } from '../support/axe';
import { cast } from '../support/cast';
import { Desk } from '../support/desk';
import { inventedName } from '../support/invent';
import { expect, expectNoOverflow, locales } from '../support/portal';
import { test } from '../support/staff';

const words = {
  ja: { question: (name: string) => `${name}が動かない`, find: '記事を探す', first: '1番目', lost: '10番目までになし' },
  en: { question: (name: string) => `${name} does not start`, find: 'Find the article', first: '1', lost: 'not in the first ten' },
};

for (const locale of locales) {
  // Once in each language, for two at a time would share its rounds.
  const javaScriptEnabled = locale === 'ja';

  test(`@desktop a judgement is kept, evaluated, drawn, and told when it got worse, in ${locale}`, async ({ staff }) => {
    const { find, first, lost } = words[locale];
    const name = inventedName(locale);
    const question = words[locale].question(name);
    const desk = new Desk(await staff(cast.cre, { locale, javaScriptEnabled }), locale);
    const { page } = desk;
    const judged = page.locator('tr').filter({ has: page.locator('form[action$="/remove"]') });
    const row = judged.filter({ hasText: question });
    const opens = () => page.goto(`/desk/search/judgements?language=${locale}`);
    const evaluates = async () => {
      await opens();
      await page.locator('form[action$="/evaluate"] button').click();
      await expect(page.locator('.flash')).toBeVisible();
    };

    await page.goto(`/desk/articles/new?locale=${locale}`);
    await desk.publishes({ title: name, body: question });
    const article = page.url();

    await test.step('for this question, this is the right article', async () => {
      await opens();
      await page.locator('#question').fill(question);
      await page.getByRole('button', { name: find, exact: true }).click();
      await page.getByRole('radio', { name }).check();
      await page.locator('form[action$="/add"] .button-primary').click();
      await expect(row).toContainText(name);
    });

    await test.step('search keeps to it', async () => {
      await evaluates();
      await expect(row.locator('td').first()).toHaveText(first);
      await evaluates();
      await expect(page.locator('.chart svg .plotted').first(), 'rounds are drawn').toBeAttached();
      await expectNoOverflow(page);
      await expectAccessible(page, ['light']);
    });

    await test.step('and tells when it no longer does', async () => {
      await page.goto(article);
      await page.locator('button[name="do"][value="unpublish"]').click();
      await expect(page.locator('.flash')).toBeVisible();
      await evaluates();
      await expect(row.locator('td').first()).toHaveText(lost);
      // A round that something else caused may have come in between: the one in which it fell is linked.
      const fell = page.locator('#worse tr').filter({ hasText: question });
      const links = await page.locator('a[href*="#worse"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')!));
      for (const link of links) {
        if ((await fell.count()) === 0) await page.goto(link);
      }
      await expect(fell).toContainText(lost);
      await expectNoOverflow(page);
      await row.locator('form button').click();
      await expect(row).toHaveCount(0);
    });
  });
}
