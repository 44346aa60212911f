// Asking: answers while one writes, no second request by a second click, and no word lost to a mistake.
import { expectAccessible } from '../support/axe';
import { cast } from '../support/cast';
import { Customer } from '../support/customer';
import { inventedAddress, inventedName } from '../support/invent';
import { mailsTo, waitForMail } from '../support/mail';
import { expect, expectNoOverflow, locales } from '../support/portal';
import { test } from '../support/staff';

const words = {
  ja: {
    subject: '請求書の宛名を会社名に変えたい',
    body: '発行済みの請求書の宛名が個人名になっています。会社名に変更するにはどうすればよいですか。',
    article: /請求書|宛名/,
    solved: '解決してよかったです',
    unsolved: 'やっぱり解決していない',
    disguised: /photo\.png/,
    tooLarge: /10 ?MB/,
    missing: '件名を入力してください。',
  },
  en: {
    subject: 'Change the name on our invoice',
    body: 'The invoice we received shows my own name. How can we change it to the name of our company?',
    article: /invoice/i,
    solved: 'Glad that solved it',
    unsolved: 'Actually, it did not',
    disguised: /photo\.png/,
    tooLarge: /10 ?MB/,
    missing: 'Enter a subject.',
  },
};

for (const locale of locales) {
  const { subject, body, article, solved, unsolved, disguised, tooLarge, missing } = words[locale];

  test.describe(`asking in ${locale}`, () => {
    // The browser's console reports the status of a form that comes back.
    test.use({ expectedComplaints: [/status of (422|413)/] });

    test('shows an answer while one writes, and ends when it solved it', async ({ visit }) => {
      const customer = new Customer(await visit(), locale);
      const { page } = customer;
      const email = inventedAddress();
      await customer.goesToAsk();
      await customer.writes({ subject, body, email });
      const offer = customer.offers().locator('details').filter({ hasText: article }).first();
      await offer.locator('summary').click();
      await expect(offer.locator('.answer')).not.toBeEmpty();
      await expect(page.locator('#body'), 'the text stays as it is').toHaveValue(body);
      await offer.locator('button[name="solved"]').click();
      await expect(page.getByRole('heading', { level: 1, name: solved })).toBeVisible();
      await expectNoOverflow(page);
      await expectAccessible(page);

      await page.getByRole('button', { name: unsolved }).click();
      await expect(page.locator('#subject')).toHaveValue(subject);
      await expect(page.locator('#body')).toHaveValue(body);
      await expect(page.locator('#email')).toHaveValue(email);
      expect(await mailsTo(email), 'nothing was sent').toEqual([]);
    });

    test('makes one request of a double click', async ({ visit, staff }) => {
      const customer = new Customer(await visit(), locale);
      const email = inventedAddress();
      const name = inventedName(locale);
      await customer.goesToAsk();
      await customer.writes({ subject: name, body: name, email });
      const number = await customer.sendsAtLast(2);
      await waitForMail(email, new RegExp(`#${number}`));

      const desk = await staff(cast.cre, { locale });
      await desk.goto(`/desk?view=all&q=${encodeURIComponent(name)}`);
      await expect(desk.locator('.inbox-item')).toHaveCount(1);
      expect(await mailsTo(email)).toHaveLength(1);
    });

    for (const javaScriptEnabled of [true, false]) {
      const script = `JavaScript ${javaScriptEnabled ? 'on' : 'off'}`;

      test(`brings every word back when a file is refused, ${script}`, async ({ visit }) => {
        const customer = new Customer(await visit({ javaScriptEnabled }), locale);
        const { page } = customer;
        const email = inventedAddress();
        const files = {
          disguised: { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('#!/bin/sh\necho hello\n') },
          tooLarge: { name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.alloc(10 * 1024 * 1024 + 1, 'a') },
        };
        for (const [why, file] of Object.entries(files)) {
          await customer.goesToAsk();
          // The whole card is the radio's label.
          await page.locator('label[for="kind-1"]').click();
          await customer.writes({ subject, body, email });
          await page.locator('#attachments').setInputFiles(file);
          await customer.presses('send');
          const summary = page.locator('.error-summary');
          await expect(summary).toContainText(why === 'disguised' ? disguised : tooLarge);
          await expect(summary, 'whoever cannot see is told first').toBeFocused();
          await expect(page.locator('input[name="kind"][value="problem"]')).toBeChecked();
          await expect(page.locator('#subject')).toHaveValue(subject);
          await expect(page.locator('#body')).toHaveValue(body);
          await expect(page.locator('#email')).toHaveValue(email);
        }
        await expectNoOverflow(page);
        await expectAccessible(page);
      });

      test(`says what is missing and leads there, ${script}`, async ({ visit }) => {
        const customer = new Customer(await visit({ javaScriptEnabled }), locale);
        const { page } = customer;
        await customer.goesToAsk();
        await customer.writes({ subject: '', body, email: 'nowhere' });
        await customer.presses('send');
        const summary = page.locator('.error-summary');
        await expect(summary).toBeFocused();
        await expect(page).toHaveTitle(/^(エラー：|Error: )/);
        await expect(page.locator('#body')).toHaveValue(body);
        await expect(page.locator('#email')).toHaveValue('nowhere');
        await summary.getByRole('link', { name: missing }).click();
        await expect(page.locator('#subject')).toBeFocused();
        await expect(page.locator('#subject')).toHaveAttribute('aria-invalid', 'true');
        await expectNoOverflow(page);
        await expectAccessible(page);
      });
    }
  });
}
