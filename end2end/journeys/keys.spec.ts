// The desk by keyboard: menus close, keys act on the line that has the focus, and the focus goes where one goes on.
import { cast } from '../support/cast';
import { Desk } from '../support/desk';
import { inventedName } from '../support/invent';
import { sendsRequest } from '../support/known';
import { awake, expect, locales } from '../support/portal';
import { test } from '../support/staff';

for (const locale of locales) {
  test.describe(`@desktop keys in ${locale}`, () => {
    test('a menu closes by Escape, by a press elsewhere, and by another menu', async ({ visit, staff }) => {
      const { number } = await sendsRequest(await visit({ locale }), locale);
      const page = await staff(cast.cre, { locale });
      await page.goto(`/desk?view=all&open=${number}`);
      await awake(page);
      const keys = page.locator('[data-keys] details');
      const more = page.locator('.toolbar details');
      await page.keyboard.press('?');
      await expect(keys).toHaveAttribute('open', '');
      await page.keyboard.press('Escape');
      await expect(keys).not.toHaveAttribute('open', '');
      await expect(keys.locator('summary')).toBeFocused();
      await more.locator('summary').click();
      await expect(more).toHaveAttribute('open', '');
      await keys.locator('summary').click();
      await expect(more).not.toHaveAttribute('open', '');
      await expect(keys).toHaveAttribute('open', '');
      await page.locator('#request-title').click();
      await expect(keys).not.toHaveAttribute('open', '');
    });

    test('opening a request leads to its heading, and a and e act on the line in focus', async ({ visit, staff }) => {
      const customer = await visit({ locale });
      // A word of their own: other journeys send requests at the same time.
      const word = inventedName(locale);
      const last = await sendsRequest(customer, locale, word);
      const first = await sendsRequest(customer, locale, word);
      const second = await sendsRequest(customer, locale, word);
      const page = await staff(cast.cre, { locale });
      await page.goto(`/desk?view=open&sort=newest&q=${encodeURIComponent(word)}`);
      await awake(page);
      await page.keyboard.press('j');
      await expect(page.locator(`[data-row="${second.number}"]`)).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.locator('#request-title')).toBeFocused();
      await awake(page);
      await page.keyboard.press('j');
      const row = page.locator(`[data-row="${first.number}"]`);
      await expect(row).toBeFocused();

      await page.keyboard.press('a');
      await expect(page.locator('.flash')).toContainText(`#${first.number}`);
      await expect(row, 'the focus stays on the line').toBeFocused();
      await awake(page);
      await page.keyboard.press('e');
      await expect(page.locator('.flash')).toContainText(`#${first.number}`);
      await expect(row, 'it has left the list').toHaveCount(0);
      await expect(page.locator(`[data-row="${last.number}"]`), 'and the next line has the focus').toBeFocused();
      await expect(page.locator(`[data-row="${second.number}"]`), 'nothing happened to the open one').toBeVisible();
      await page.locator('.flash button').click();
      await expect(row, 'it can be undone').toBeVisible();
    });

    test('an inserted article stands at the cursor, or below a restored draft', async ({ visit, staff }) => {
      const { number } = await sendsRequest(await visit({ locale }), locale);
      const desk = new Desk(await staff(cast.cre, { locale }), locale);
      const { page } = desk;
      const text = inventedName(locale);
      const title = locale === 'ja' ? '請求書' : 'invoice';
      const body = page.locator('#reply textarea');
      const insert = page.locator('#found-articles [data-insert]').first();
      await desk.opens(number);
      await desk.writes(text);
      await expect(page.locator('.reply-lines')).not.toBeEmpty();
      await desk.opens(number);
      await expect(body).toHaveValue(text);
      await page.locator('.reply-articles summary').click();
      await page.locator('#find').fill(title);
      await page.locator('button[name="find_articles"]').click();
      await insert.click();
      await expect(body).toHaveValue(new RegExp(`^${text}\n\n\\[.*\\]\\(/.*\\)$`));
      await body.fill(`${text}${text}`);
      await body.evaluate((area: HTMLTextAreaElement, at) => area.setSelectionRange(at, at), text.length);
      await insert.click();
      await expect(body).toHaveValue(new RegExp(`^${text} \\[.*\\]\\(/.*\\) ${text}$`));
    });
  });
}
