// At the desk two people never overwrite each other, and the editor shows what readers will see.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { cast } from '../support/cast';
import { Desk } from '../support/desk';
import { inventedName } from '../support/invent';
import { sendsRequest } from '../support/known';
import { awake, expect, expectNoOverflow, isScriptless, locales, type Locale } from '../support/portal';
import { test } from '../support/staff';

const words = {
  ja: { also: 'も返信を書いています', overtaken: '書いている間に返信がありました', before: 'ほかの人が先に保存しました' },
  en: { also: 'is also writing', overtaken: 'A reply came in while you were writing', before: 'Somebody saved before you' },
};

/** A picture of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Saves a draft of an article; the address of its editor. */
async function draftsArticle(page: Page, locale: Locale, title: string): Promise<string> {
  await page.goto(`/desk/articles/new?locale=${locale}`);
  await page.locator('#title').fill(title);
  await page.locator('#body').fill(`${title}: the first text.`);
  await saves(page);
  return page.url();
}

async function saves(page: Page) {
  await page.locator('.save-bar button[value="save"]').click();
}

for (const locale of locales) {
  for (const javaScriptEnabled of [true, false]) {
    const language = { locale, javaScriptEnabled };
    const how = `${locale}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`;

    test.describe(`@desktop in ${how}`, () => {
      // The browser's console reports the status of a form that comes back.
      test.use({ expectedComplaints: [/status of 409/] });

      test('two who reply at once are told, and neither text is lost', async ({ visit, staff }) => {
        const { number } = await sendsRequest(await visit({ locale }), locale);
        const midori = new Desk(await staff(cast.cre, language), locale);
        const sora = new Desk(await staff(cast.otherCre, language), locale);
        const mine = `${inventedName(locale)} by Midori`;
        const theirs = `${inventedName(locale)} by Sora`;

        await midori.opens(number);
        await midori.writes(mine);
        if (javaScriptEnabled) {
          // What is being written is saved after a pause, and colleagues see that it is.
          await expect(midori.page.locator('.reply-lines')).not.toBeEmpty();
          await sora.opens(number);
          await expect(sora.page.locator('.reply-lines')).toContainText(words[locale].also);
        } else {
          await sora.opens(number);
        }
        await sora.writes(theirs);
        await sora.sends('sendAndWait');
        await expect(sora.page.locator('.thread')).toContainText(theirs);

        await midori.page.locator('button[name="send"][value="waiting"]').click();
        const told = midori.page.locator('.overtaken');
        await expect(told).toContainText(words[locale].overtaken);
        await expect(told).toContainText(theirs);
        await expect(midori.page.locator('#reply textarea')).toHaveValue(mine);
        await expect(midori.page.locator('.thread')).not.toContainText(mine);
        await expectNoOverflow(midori.page);
        await expectAccessible(midori.page);

        await midori.page.locator('button[name="send"][value="waiting"]').click();
        await expect(midori.page.locator('.thread')).toContainText(mine);
        await expect(midori.page.locator('.thread')).toContainText(theirs);
      });

      test('a second save on an older version shows both and overwrites nothing', async ({ staff }) => {
        const midori = await staff(cast.cre, language);
        const sora = await staff(cast.otherCre, language);
        const address = await draftsArticle(midori, locale, inventedName(locale));
        await sora.goto(address);
        await midori.goto(address);
        const [mine, theirs] = [`${inventedName(locale)} by Midori`, `${inventedName(locale)} by Sora`];

        await sora.locator('#body').fill(theirs);
        await saves(sora);
        await expect(sora.locator('.flash')).toBeVisible();
        await midori.locator('#body').fill(mine);
        await saves(midori);
        await expect(midori.getByText(words[locale].before)).toBeVisible();
        await expect(midori.locator('#body')).toHaveValue(mine);
        await expect(midori.locator('.diff').filter({ hasText: theirs })).toContainText(mine);
        await expectNoOverflow(midori);
        await expectAccessible(midori);
        await sora.reload();
        await expect(sora.locator('#body'), 'nothing is overwritten').toHaveValue(theirs);

        await saves(midori);
        await expect(midori.locator('.flash')).toBeVisible();
        await sora.reload();
        await expect(sora.locator('#body')).toHaveValue(mine);
      });

      test('the editor shows what readers will see, with a picture', async ({ staff }) => {
        const page = await staff(cast.cre, language);
        const title = inventedName(locale);
        await page.goto(await draftsArticle(page, locale, title));
        const preview = page.locator('#preview');
        await page.locator('#body').fill('## One\n\n- two\n- **three**\n');
        if (isScriptless(page)) await page.locator('.editor-bar button[value="preview"]').click();
        await expect(preview.locator('h2')).toHaveText('One');
        await expect(preview.locator('strong')).toHaveText('three');

        if (isScriptless(page)) {
          const file = { name: 'pixel.png', mimeType: 'image/png', buffer: pixel };
          await page.locator('#image').setInputFiles(file);
          await page.locator('button[value="upload"]').click();
        } else {
          await awake(page);
          await page.locator('#body').press('End');
          await page.locator('#body').evaluate((field, base64) => {
            const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
            const clipboardData = new DataTransfer();
            clipboardData.items.add(new File([bytes], 'pixel.png', { type: 'image/png' }));
            field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
          }, pixel.toString('base64'));
        }
        await expect(page.locator('#body')).toHaveValue(/!\[.*\]\(\/files\/.+\)/);
        const picture = preview.locator('img');
        await expect(picture).toHaveAttribute('src', /^\/files\//);
        await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
        await expectNoOverflow(page);
        await expectAccessible(page);
        await saves(page);
        await expect(page.locator('.flash')).toBeVisible();
        await expect(page.locator('#body')).toHaveValue(/!\[.*\]\(\/files\/.+\)/);
      });
    });
  }

  test(`@desktop in ${locale}, an open list tells of what comes in and stays as it is`, async ({ visit, staff }) => {
    const page = await staff(cast.cre, { locale });
    await page.clock.install();
    await page.goto('/desk?view=all');
    await awake(page);
    const lines = await page.locator('[data-row]').allTextContents();
    const { number } = await sendsRequest(await visit({ locale }), locale);
    await page.clock.runFor(21_000);
    const news = page.locator('.inbox-news');
    await expect(news).not.toBeEmpty();
    expect(await page.locator('[data-row]').allTextContents()).toEqual(lines);
    await expectAccessible(page);
    await news.getByRole('link').click();
    await expect(page.locator(`[data-row="${number}"]`)).toBeVisible();
    await expect(news).toBeEmpty();
  });
}
