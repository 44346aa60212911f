// Every form that is sent empty says what is missing, first in a summary that has the focus and leads to the fields.
import { type Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { cast } from '../support/cast';
import { expect, expectNoOverflow, locales, type Locale } from '../support/portal';
import { test } from '../support/staff';

const forms = {
  anyone: ['/{locale}/ask', '/{locale}/sign-in', '/desk/sign-in', '/desk/password'],
  administrator: [
    '/desk/articles/new?locale={locale}',
    '/desk/categories/new',
    '/desk/organizations/new',
    '/desk/people/invite',
    '/desk/groups/new',
    '/desk/settings',
    '/desk/settings/rules/new',
    '/desk/account',
  ],
};

/** Empties the page's form and sends it past the browser's own checks. */
async function sendsEmpty(page: Page) {
  const form = page.locator('main form[method="post"]').filter({ has: page.locator('.button-primary') }).first();
  await form.evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
    const fields = form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input.input, textarea.input');
    // A colour always has a value.
    for (const field of fields) if (field.type !== 'color') field.value = '';
  });
  await form.locator('.button-primary').first().click();
}

async function expectSummary(page: Page) {
  const summary = page.locator('.error-summary');
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^(エラー：|Error: )/);
  const links = summary.getByRole('link');
  await expect(links.first()).toBeVisible();
  for (const link of await links.all()) {
    const words = await link.innerText();
    const target = page.locator((await link.getAttribute('href'))!);
    await expect(target, `the field of "${words}"`).toBeVisible();
    await expect(page.locator('.field, fieldset').filter({ has: target }).first()).toContainText(words);
  }
  await links.first().click();
  await expect(page.locator(':focus')).toHaveAttribute('id', (await links.first().getAttribute('href'))!.slice(1));
  await expectNoOverflow(page);
  await expectAccessible(page, ['light']);
}

async function walk(page: Page, locale: Locale, addresses: string[]) {
  for (const address of addresses) {
    await test.step(address, async () => {
      await page.goto(address.replaceAll('{locale}', locale));
      await sendsEmpty(page);
      await expectSummary(page);
    });
  }
}

for (const locale of locales) {
  test.describe(`an empty form in ${locale}`, () => {
    // The browser's console reports the status of a form that comes back.
    test.use({ expectedComplaints: [/status of 422/] });

    test('that anyone sends', async ({ visit }) => walk(await visit({ locale }), locale, forms.anyone));

    test('that an administrator sends', async ({ staff }) =>
      walk(await staff(cast.administrator, { locale }), locale, forms.administrator));
  });
}
