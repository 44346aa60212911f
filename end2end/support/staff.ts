// Windows of people who work at the desk. Each signs in once per worker; wrong and right passwords are counted alike,
// so signing in for every journey would be turned away.
import { type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { staffPassword } from './cast';
import { expect, test as base, type Visitor } from './portal';

type Session = Exclude<BrowserContextOptions['storageState'], string | undefined>;

type Fixtures = {
  /** Opens a window of a member of the desk (`cast.cre`, `cast.administrator` …), signed in. */
  staff: (email: string, visitor?: Visitor) => Promise<Page>;
};

export const test = base.extend<Fixtures, { sessions: Map<string, Session> }>({
  sessions: [async ({}, use) => use(new Map()), { scope: 'worker' }],

  staff: async ({ browser, baseURL, extraHTTPHeaders, sessions, visit }, use) => {
    await use(async (email, visitor = {}) => {
      let session = sessions.get(email);
      if (!session) {
        session = await signIn(browser, { baseURL, extraHTTPHeaders }, email);
        sessions.set(email, session);
      }
      const page = await visit(visitor);
      await page.context().addCookies(session.cookies);
      // As if it had been chosen in the footer: it counts more than the language of the person's account.
      const tag = visitor.locale?.slice(0, 2);
      if (tag) await page.context().addCookies([{ name: 'kotae_locale', value: tag, url: baseURL! }]);
      return page;
    });
  },
});

async function signIn(browser: Browser, options: BrowserContextOptions, email: string): Promise<Session> {
  const context = await browser.newContext({ ...options, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/desk/sign-in');
  await page.getByLabel(/^(E-mail address|メールアドレス)$/).fill(email);
  await page.getByLabel(/^(Password|パスワード)$/).fill(staffPassword);
  await page.getByRole('button', { name: /^(Sign in|サインイン)$/ }).click();
  await expect(page, `${email} is signed in`).not.toHaveURL(/sign-in/);
  const session = await context.storageState();
  await context.close();
  return session;
}

export { expect };
