// Every page of the portal, opened once: nothing inaccessible, nothing that overflows, no error in the console.
// pages.json lists them; a test of the server fails when a page is missing there.
import { type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '../support/axe';
import { cast } from '../support/cast';
import { invites, passwordToken, sendsRequest, signInToken, signsIn } from '../support/known';
import { expect, expectNoOverflow, locales, type Locale } from '../support/portal';
import { test } from '../support/staff';

type Addresses = Record<string, string[]>;
const pages: Record<'anyone' | 'customer' | 'administrator', Addresses> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../pages.json'), 'utf8'),
);

/** The addresses of a group with the words in braces filled in, in portions of a bearable length. */
function portions(group: Addresses, size = 14): string[][] {
  const all = Object.values(group).flat();
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}

/** Opens them one by one. On the desktop by day and by night, on the phone by day. */
async function walk(page: Page, locale: Locale, addresses: string[], found: Record<string, string>, phone: boolean) {
  for (const address of addresses) {
    const path = address.replace(/\{(\w+)\}/g, (_, name) => (name === 'locale' ? locale : found[name]!));
    await test.step(address, async () => {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(address.endsWith('/never-sent') ? 404 : 200);
      await expect(page, 'nobody is sent elsewhere').toHaveURL(new RegExp(path.split('?')[0]!));
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await expectNoOverflow(page);
      await expectAccessible(page, phone ? ['light'] : ['light', 'dark']);
    });
  }
}

for (const locale of locales) {
  test.describe(`every page in ${locale}`, () => {
    test.slow();
    // The browser's console reports the status of a page that tells why a link does not work.
    test.use({ expectedComplaints: [/status of 404 .*\/never-sent/] });

    for (const [n, addresses] of portions(pages.anyone).entries()) {
      test(`for anyone, ${n + 1}`, async ({ visit, staff, isMobile }) => {
        const found: Record<string, string> = {};
        const someone = await visit({ locale });
        if (addresses.some((address) => /\{(link|signIn)\}/.test(address))) {
          const sent = await sendsRequest(someone, locale);
          Object.assign(found, { link: sent.link, signIn: await signInToken(someone, locale, sent.email) });
        }
        if (addresses.some((address) => /\{(invitation|password)\}/.test(address))) {
          const administrator = await staff(cast.administrator, { locale });
          found.invitation = (await invites(administrator)).invitation;
          found.password = await passwordToken(await visit({ locale }), await invites(administrator));
        }
        await walk(someone, locale, addresses, found, isMobile);
      });
    }

    test('for customers', async ({ visit, isMobile }) => {
      const page = await visit({ locale });
      const { number, email } = await sendsRequest(page, locale);
      await signsIn(page, locale, await signInToken(page, locale, email));
      await walk(page, locale, portions(pages.customer).flat(), { number: String(number) }, isMobile);
    });

    for (const [n, addresses] of portions(pages.administrator).entries()) {
      test(`for administrators, ${n + 1}`, async ({ visit, staff, isMobile }) => {
        const { number } = await sendsRequest(await visit({ locale }), locale);
        const page = await staff(cast.administrator, { locale });
        await walk(page, locale, addresses, { number: String(number) }, isMobile);
      });
    }
  });
}
