// `test` and `expect` of every journey. A journey fails on any console error, page error or failed request in any
// of its windows, whatever it asserts itself.
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';

export const locales = ['ja', 'en'] as const;
export type Locale = (typeof locales)[number];

/** What a visitor may bring: a language, a browser without JavaScript. */
export type Visitor = Pick<BrowserContextOptions, 'locale' | 'javaScriptEnabled' | 'colorScheme'>;

type Fixtures = {
  /** Complaints that the journey provokes on purpose, as patterns of their text. */
  expectedComplaints: RegExp[];
  /** Everything that went wrong in any window so far. */
  complaints: string[];
  /** Opens a window for another person: own cookies, same portal. */
  visit: (visitor?: Visitor) => Promise<Page>;
};

/** Everybody comes from a network of their own, so that no journey uses up another's allowance. */
function address() {
  const part = () => Math.floor(Math.random() * 254) + 1;
  return { 'x-forwarded-for': `10.${part()}.${part()}.${part()}` };
}

export const test = base.extend<Fixtures>({
  expectedComplaints: [[], { option: true }],

  complaints: [
    async ({ expectedComplaints }, use) => {
      const complaints: string[] = [];
      await use(complaints);
      const unexpected = complaints.filter((text) => !expectedComplaints.some((pattern) => pattern.test(text)));
      expect(unexpected, 'complaints of the browser').toEqual([]);
    },
    { auto: true },
  ],

  extraHTTPHeaders: async ({}, use) => use(address()),

  context: async ({ context, complaints }, use) => {
    listen(context, complaints);
    await use(context);
  },

  visit: async ({ browser, contextOptions, viewport, isMobile, hasTouch, baseURL, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (visitor = {}) => {
      const device = { viewport, isMobile, hasTouch, baseURL };
      const context = await browser.newContext({ ...contextOptions, ...device, extraHTTPHeaders: address(), ...visitor });
      contexts.push(context);
      if (visitor.javaScriptEnabled === false) scriptless.add(context);
      listen(context, complaints);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

const scriptless = new WeakSet<BrowserContext>();

/** Whether the page belongs to a visitor without JavaScript. */
export function isScriptless(page: Page) {
  return scriptless.has(page.context());
}

function listen(context: BrowserContext, complaints: string[]) {
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(`page: ${error.error().stack ?? error.error().message}`));
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'no reason';
    // A page that is left behind stops what it was still loading.
    if (reason !== 'net::ERR_ABORTED') complaints.push(`request: ${request.method()} ${request.url()}: ${reason}`);
  });
}

/** Nothing is wider than the window, so that no page scrolls sideways. */
export async function expectNoOverflow(page: Page) {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const all = [...document.body.querySelectorAll('*')];
    const over = all.filter((element) => element.getBoundingClientRect().right > width + 1);
    return over.slice(0, 5).map((element) => element.outerHTML.slice(0, 120));
  });
  expect.soft(wide, 'elements wider than the window').toEqual([]);
}

/** Waits until the islands of the page can be used. */
export async function awake(page: Page) {
  await expect(page.locator('html')).toHaveAttribute('data-islands', 'awake');
}

export { expect };
