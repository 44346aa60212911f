// What a customer is writing survives a reload and the way out through the menu, until it has been sent.
import { Customer } from '../support/customer';
import { inventedAddress, inventedName } from '../support/invent';
import { awake, expect, expectNoOverflow, locales, test } from '../support/portal';
import { expectAccessible } from '../support/axe';

const words = {
  ja: { back: '書きかけの内容を元に戻しました。', clear: '消す' },
  en: { back: 'What you were writing is back.', clear: 'Clear it' },
};

for (const locale of locales) {
  test.describe(`a draft in ${locale}`, () => {
    test('of a question is there again until the question is sent', async ({ visit }) => {
      const customer = new Customer(await visit(), locale);
      const { page } = customer;
      const question = { subject: inventedName(locale), body: `${inventedName(locale)}\n${inventedName(locale)}`, email: inventedAddress() };
      const isBack = async () => {
        await awake(page);
        await expect(page.locator('#subject')).toHaveValue(question.subject);
        await expect(page.locator('#body')).toHaveValue(question.body);
        await expect(page.locator('#email')).toHaveValue(question.email);
        await expect(page.locator('input[name="kind"][value="problem"]')).toBeChecked();
        await expect(page.getByText(words[locale].back)).toBeVisible();
      };
      await customer.goesToAsk();
      await expect(page.getByText(words[locale].back)).toBeHidden();
      await page.locator('label[for="kind-1"]').click();
      await customer.writes(question);
      await page.reload();
      await isBack();
      await expectNoOverflow(page);
      await expectAccessible(page);
      await page.goto(`/${locale}`);
      await customer.goesToAsk();
      await isBack();

      await customer.sendsAtLast();
      await customer.goesToAsk();
      await expect(page.locator('#subject')).toHaveValue('');
      await expect(page.locator('#body')).toHaveValue('');
      await expect(page.getByText(words[locale].back)).toBeHidden();
    });

    test('is gone when it is cleared', async ({ visit }) => {
      const customer = new Customer(await visit(), locale);
      const { page } = customer;
      await customer.goesToAsk();
      await customer.writes({ subject: inventedName(locale), body: inventedName(locale), email: inventedAddress() });
      await page.reload();
      await awake(page);
      await page.getByRole('button', { name: words[locale].clear }).click();
      await expect(page.locator('#body')).toHaveValue('');
      await expect(page.locator('#subject')).toBeFocused();
      await page.reload();
      await awake(page);
      await expect(page.locator('#subject')).toHaveValue('');
    });

    test('of a reply is there again until the reply is sent', async ({ visit }) => {
      const customer = new Customer(await visit(), locale);
      const { page } = customer;
      await customer.goesToAsk();
      await customer.writes({ subject: inventedName(locale), body: inventedName(locale), email: inventedAddress() });
      await customer.sendsAtLast();
      await page.locator('.receipt .button-primary').click();
      const text = `${inventedName(locale)}\n${inventedName(locale)}`;
      await awake(page);
      await page.locator('#body').fill(text);
      await page.reload();
      await awake(page);
      await expect(page.locator('#body')).toHaveValue(text);
      await expect(page.getByText(words[locale].back)).toBeVisible();
      await expectNoOverflow(page);
      await customer.presses('sendReply');
      await expect(page.locator('.thread .pre-wrap').last()).toHaveText(text);
      await awake(page);
      await expect(page.locator('#body')).toHaveValue('');
      await page.reload();
      await awake(page);
      await expect(page.locator('#body')).toHaveValue('');
    });
  });
}
