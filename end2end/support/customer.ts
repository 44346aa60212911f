// What a customer does, step by step, with JavaScript and without.
import { type Locator, type Page } from '@playwright/test';
import { awake, expect, isScriptless, type Locale } from './portal';

const words = {
  ja: {
    search: '検索',
    no: 'いいえ',
    ask: '質問する',
    subject: '件名',
    body: 'くわしい内容',
    email: 'メールアドレス',
    send: '送信する',
    before: '送信の前に',
    received: 'お問い合わせを受け付けました',
    maybe: 'もう答えがあるかもしれません',
    solvedIt: 'これで解決した',
    reply: '返信',
    sendReply: '返信する',
  },
  en: {
    search: 'Search',
    no: 'No',
    ask: 'Ask us',
    subject: 'Subject',
    body: 'Description',
    email: 'E-mail address',
    send: 'Send',
    before: 'Before you send',
    received: 'We have your request',
    maybe: 'The answer may be here already',
    solvedIt: 'This solved it',
    reply: 'Your reply',
    sendReply: 'Send reply',
  },
} as const;

export type Question = { subject: string; body: string; email: string };

/** A customer at the portal: a window and the language that is spoken in it. */
export class Customer {
  readonly page: Page;
  readonly locale: Locale;
  private readonly words: (typeof words)[Locale];

  constructor(page: Page, locale: Locale) {
    this.page = page;
    this.locale = locale;
    this.words = words[locale];
  }

  /** Searches from the home page's box. */
  async searches(query: string) {
    await this.page.goto(`/${this.locale}`);
    const form = this.page.getByRole('main').getByRole('search');
    // By its name: once it is awake, its role is another.
    await form.locator('input[name="q"]').fill(query);
    await form.getByRole('button', { name: this.words.search }).click();
    await expect(this.page).toHaveURL(new RegExp(`/${this.locale}/search\\?`));
  }

  async opensResult(title: string) {
    await this.page.getByRole('main').getByRole('link', { name: title }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  }

  /** "Did this solve it?" "No": and on to the form. */
  async isNotHelpedAndAsks() {
    await this.page.locator('.feedback summary').filter({ hasText: this.words.no }).click();
    await this.page.locator('.feedback').getByRole('link', { name: this.words.ask }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: this.words.ask })).toBeVisible();
  }

  async goesToAsk() {
    await this.page.goto(`/${this.locale}/ask`);
    if (!isScriptless(this.page)) await awake(this.page);
  }

  async writes({ subject, body, email }: Question) {
    const { words } = this;
    await this.page.getByLabel(words.subject).fill(subject);
    await this.page.getByLabel(words.body).fill(body);
    await this.page.getByLabel(words.email).fill(email);
  }

  async presses(button: 'send' | 'sendReply') {
    await this.page.getByRole('main').getByRole('button', { name: this.words[button], exact: true }).click();
  }

  /** The articles that are offered, beside the text or before sending. */
  offers(): Locator {
    return this.page.getByRole('region', { name: this.words.maybe });
  }

  /** One offered article, unfolded to be read in place. */
  async reads(title: string): Promise<Locator> {
    const summary = this.page.locator('summary').filter({ hasText: title });
    const offer = this.offers().locator('details').filter({ has: summary });
    await expect(offer).toBeVisible();
    if ((await offer.getAttribute('open')) === null) await offer.locator('summary').click();
    await expect(offer.getByRole('button', { name: this.words.solvedIt })).toBeVisible();
    return offer;
  }

  /** Sends the form, and again "before you send", until the receipt is there; its number. Clicks once, or twice. */
  async sendsAtLast(clickCount: 1 | 2 = 1): Promise<number> {
    const { page, words } = this;
    const title = page.getByRole('heading', { level: 1 });
    await page.getByRole('main').getByRole('button', { name: words.send, exact: true }).click({ clickCount });
    await expect(title).toHaveText(new RegExp(`${words.before}|${words.received}`));
    return this.sendsAnyway(clickCount);
  }

  /** Sends what stands "before you send", if that is where the form has led; the number on the receipt. */
  async sendsAnyway(clickCount: 1 | 2 = 1): Promise<number> {
    const { page, words } = this;
    // Whoever is faster than a person can write is asked once more.
    while ((await page.getByRole('heading', { level: 1 }).innerText()) === words.before) {
      const loaded = page.waitForEvent('load');
      await page.locator('button[name="step"][value="send"]').click({ clickCount });
      await loaded;
    }
    return this.receipt();
  }

  async isBeforeSending() {
    await expect(this.page.getByRole('heading', { level: 1, name: this.words.before })).toBeVisible();
  }

  /** The number on the receipt. */
  async receipt(): Promise<number> {
    await expect(this.page.getByRole('heading', { level: 1, name: this.words.received })).toBeVisible();
    return Number((await this.page.locator('.receipt-number').innerText()).replace('#', ''));
  }

  async replies(text: string) {
    await this.page.getByLabel(this.words.reply, { exact: true }).fill(text);
    await this.presses('sendReply');
    await expect(this.page.locator('.thread')).toContainText(text);
  }
}
