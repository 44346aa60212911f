// A customer who has asked something and can sign in, and colleagues who were invited: what pages with secrets in their
// addresses need to be opened.
import { type Page } from '@playwright/test';
import { Customer } from './customer';
import { inventedAddress, inventedName } from './invent';
import { linkIn, waitForMail } from './mail';
import { expect, type Locale } from './portal';

/** The last part of a link in a mail. */
async function token(address: string, part: string): Promise<string> {
  const link = linkIn(await waitForMail(address, new RegExp(part)), part);
  return new URL(link).pathname.split('/').pop()!;
}

/** Sends a request about something that no article answers; its number, the token of its private link, its sender. */
export async function sendsRequest(page: Page, locale: Locale, subject = inventedName(locale)) {
  const customer = new Customer(page, locale);
  const email = inventedAddress();
  await customer.goesToAsk();
  await customer.writes({ subject, body: inventedName(locale), email });
  const number = await customer.sendsAtLast();
  return { number, email, link: await token(email, '/r/') };
}

/** Asks for a sign-in link; its token, which has not been used. */
export async function signInToken(page: Page, locale: Locale, email: string) {
  await page.goto(`/${locale}/sign-in`);
  await page.locator('#email').fill(email);
  await page.locator('main form button[type="submit"]').click();
  await expect(page).toHaveURL(/sign-in\/sent/);
  return token(email, `/${locale}/sign-in/`);
}

/** Signs in by such a token. */
export async function signsIn(page: Page, locale: Locale, signIn: string) {
  await page.goto(`/${locale}/sign-in/${signIn}`);
  await page.locator('main form button[type="submit"]').click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Invites somebody who has never been here; the invitation's token and the address. */
export async function invites(administrator: Page) {
  const email = inventedAddress();
  await administrator.goto('/desk/people/invite');
  await administrator.locator('#email').fill(email);
  await administrator.locator('#name').fill(inventedName('en'));
  await administrator.locator('main form button[type="submit"]').click();
  await expect(administrator.locator('.flash')).toBeVisible();
  return { email, invitation: await token(email, '/desk/invitation/') };
}

/** Joins by an invitation and asks for a new password; its token, which has not been used. */
export async function passwordToken(page: Page, { email, invitation }: { email: string; invitation: string }) {
  await page.goto(`/desk/invitation/${invitation}`);
  await page.locator('#password').fill(`${inventedName('en')}-${inventedName('en')}-42`);
  await page.locator('main form button[type="submit"]').click();
  await expect(page).not.toHaveURL(/invitation/);
  await page.context().clearCookies();
  await page.goto('/desk/password');
  await page.locator('#email').fill(email);
  await page.locator('main form button[type="submit"]').click();
  await expect(page).toHaveURL(/password\/sent/);
  return token(email, '/desk/password/');
}
