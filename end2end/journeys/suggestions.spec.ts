// At the desk: what earlier requests suggest is taken with one key, or with a button without JavaScript, and a request
// that is like none before is offered nothing.
import { expectAccessible } from '../support/axe';
import { cast } from '../support/cast';
import { Customer, type Question } from '../support/customer';
import { Desk } from '../support/desk';
import { inventedAddress } from '../support/invent';
import { expect, expectNoOverflow, locales, type Locale } from '../support/portal';
import { test } from '../support/staff';

/** Below this share of right guesses nothing is offered. */
const line = 85;

const asked: Record<Locale, Record<'known' | 'strange', Omit<Question, 'email'>>> = {
  ja: {
    known: { subject: '領収書の宛名', body: '領収書の宛名を会社名に変えたいです。いまは個人名です。' },
    strange: { subject: '社員食堂の献立', body: '来週の社員食堂の献立はもう決まっていますか。' },
  },
  en: {
    known: {
      subject: 'The receipt has my own name on it',
      body: 'Our accountant needs an invoice in the name of the company, not mine.',
    },
    strange: { subject: 'Coffee machine', body: 'Dripping again; somebody left a puddle beneath it.' },
  },
};

for (const locale of locales) {
  for (const javaScriptEnabled of [true, false]) {
    const how = `${locale}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`;

    test(`@desktop suggestions are taken at once in ${how}`, async ({ visit, staff }) => {
      const customer = new Customer(await visit({ locale }), locale);
      const sends = async (question: Omit<Question, 'email'>) => {
        await customer.goesToAsk();
        await customer.writes({ ...question, email: inventedAddress() });
        return customer.sendsAtLast();
      };
      const [known, strange] = [await sends(asked[locale].known), await sends(asked[locale].strange)];
      const desk = new Desk(await staff(cast.cre, { locale, javaScriptEnabled }), locale);
      const { page } = desk;
      const panel = page.locator('.desk-suggestions');

      await desk.opens(known);
      const tags = panel.locator('button[name="accept"][value^="tag:"]');
      await expect(tags).not.toHaveCount(0);
      const chances = await panel.locator('.chance').allInnerTexts();
      for (const chance of chances) expect(Number(/(\d+) %/.exec(chance)![1])).toBeGreaterThanOrEqual(line);
      await expect(panel.locator('.others a').first(), 'similar requests, to compare').toBeVisible();
      await expectNoOverflow(page);
      await expectAccessible(page, ['light']);

      const tag = (await tags.first().getAttribute('value'))!.replace('tag:', '');
      await expect(page.locator('.tag-list')).not.toContainText(tag);
      const key = panel.locator('button[data-key="y"]');
      if (javaScriptEnabled) await page.keyboard.press('y');
      else await key.click();
      await expect(page.locator('.flash')).toBeVisible();
      await expect(page.locator('.tag-list')).toContainText(tag);
      await expect(page.locator('.flash form[action*="/undo/"] button'), 'and is taken back as quickly').toBeVisible();
      await expect(key, 'what is there is not offered again').toHaveCount(0);

      await desk.opens(strange);
      await expect(page.locator('.thread')).toContainText(asked[locale].strange.body);
      await expect(page.locator('button[name="accept"]'), 'nothing is offered below the line').toHaveCount(0);
      await expect(panel.locator('button')).toHaveCount(0);
    });
  }
}
