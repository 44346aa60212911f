// The search box completes as one types: by keyboard, for screen readers, and without disturbing an input method.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { awake, expect, expectNoOverflow, locales, test } from '../support/portal';

const words = {
  ja: { box: '答えを探す', typed: 'サインイン', other: '請求書', reading: 'せいきゅうしょ' },
  en: { box: 'Find an answer', typed: 'sign-in', other: 'invoice', reading: 'sain' },
};

/** The box of the home page, awake. */
async function box(page: Page, locale: keyof typeof words) {
  await page.goto(`/${locale}`);
  await awake(page);
  const input = page.getByRole('combobox', { name: words[locale].box });
  const form = page.getByRole('search', { name: words[locale].box });
  const list = form.getByRole('listbox', { includeHidden: true });
  return { input, list, options: list.getByRole('option', { includeHidden: true }) };
}

/** Questions to the portal for completions, as they leave the browser. */
function asked(page: Page): string[] {
  const queries: string[] = [];
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (address.pathname === '/api/v1/suggest') queries.push(address.searchParams.get('q')!);
  });
  return queries;
}

for (const locale of locales) {
  const { typed, other, reading } = words[locale];

  test.describe(`the search box in ${locale}`, () => {
    test('is a combobox that arrows, Enter and Escape work', async ({ visit }) => {
      const page = await visit();
      const { input, list, options } = await box(page, locale);
      await expect(input).toHaveAttribute('aria-expanded', 'false');
      await input.pressSequentially(typed);
      await expect(list).toBeVisible();
      await expect(input).toHaveAttribute('aria-expanded', 'true');
      await expect(input).toHaveAttribute('aria-controls', (await list.getAttribute('id'))!);
      await expectNoOverflow(page);
      await expectAccessible(page);

      const first = options.first();
      const last = options.last();
      await input.press('ArrowDown');
      await expect(input).toHaveAttribute('aria-activedescendant', (await first.getAttribute('id'))!);
      await expect(first).toHaveAttribute('aria-selected', 'true');
      await input.press('ArrowUp');
      await expect(input, 'above the first there is the text').not.toHaveAttribute('aria-activedescendant');
      await input.press('ArrowUp');
      await expect(input).toHaveAttribute('aria-activedescendant', (await last.getAttribute('id'))!);

      await input.press('Escape');
      await expect(list).toBeHidden();
      await expect(input).toHaveAttribute('aria-expanded', 'false');
      await expect(input).not.toHaveAttribute('aria-activedescendant');
      await expect(input, 'closing keeps what was typed').toHaveValue(typed);

      await input.press('ArrowDown');
      await expect(list).toBeVisible();
      await input.press('ArrowDown');
      const title = await first.locator('span').first().innerText();
      await input.press('Enter');
      await expect(page).toHaveURL(new RegExp(`/${locale}/articles/`));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    });

    test('searches on Enter when nothing is pointed at, and opens what is clicked', async ({ visit }) => {
      const page = await visit();
      const { input, options } = await box(page, locale);
      await input.fill(typed);
      await expect(options.first()).toBeVisible();
      await input.press('Enter');
      await expect(page).toHaveURL(`/${locale}/search?q=${encodeURIComponent(typed)}`);

      const again = await box(page, locale);
      await again.input.fill(typed);
      await again.options.first().click();
      await expect(page).toHaveURL(new RegExp(`/${locale}/articles/`));
    });

    test('drops an answer that was overtaken', async ({ visit }) => {
      const page = await visit();
      let answer = () => {};
      const late = new Promise<void>((done) => (answer = done));
      await page.route(/\/api\/v1\/suggest/, async (route) => {
        if (new URL(route.request().url()).searchParams.get('q') === typed) await late;
        await route.continue();
      });
      const queries = asked(page);
      const { input, options } = await box(page, locale);
      await input.fill(typed);
      await expect.poll(() => queries).toEqual([typed]);
      await input.fill(other);
      await expect(options.first()).toBeVisible();
      const shown = await options.allInnerTexts();
      const arrived = page.waitForResponse((response) => response.url().includes(encodeURIComponent(typed)));
      answer();
      await (await arrived).finished();
      // Two frames later it would stand there.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      expect(await options.allInnerTexts()).toEqual(shown);
    });

    test('completes what is composed and leaves the keys to the input method', async ({ visit }) => {
      const page = await visit();
      const queries = asked(page);
      const { input, list, options } = await box(page, locale);
      await input.fill(typed);
      await expect(list).toBeVisible();
      await input.press('ArrowDown');
      await input.evaluate((field: HTMLInputElement) => field.select());
      const before = queries.length;

      const keyboard = await page.context().newCDPSession(page);
      for (let end = 1; end <= reading.length; end++) {
        const text = reading.slice(0, end);
        await keyboard.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end });
      }
      await expect(input, 'what is composed stands in the box').toHaveValue(reading);
      // The key that takes a candidate: 229 says that the input method has it.
      const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
      await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
      await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
      await expect.poll(() => queries.slice(before).at(-1), 'what is composed is asked for').toBe(reading);
      if (locale === 'ja') {
        await expect(options.first(), 'kana are understood before they are converted').toContainText(other);
        const text = `${reading}ｎ`;
        await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
        // Longer than the pause after which typing is answered.
        await page.waitForTimeout(400);
        expect(queries.at(-1), 'a letter that waits for a vowel is not asked for').toBe(reading);
      }
      await expect(page, 'nothing is sent or opened').toHaveURL(`/${locale}`);

      await keyboard.send('Input.insertText', { text: other });
      await expect(input).toHaveValue(other);
      await expect.poll(() => queries.at(-1)).toBe(other);
      await expect(options.first()).toBeVisible();
      await expect(page).toHaveURL(`/${locale}`);
    });
  });
}
