// What CRE and administrators do at the desk, step by step, with JavaScript and without.
import { type Page } from '@playwright/test';
import { awake, expect, isScriptless, type Locale } from './portal';

const words = {
  ja: {
    save: '保存する',
    text: '本文（Markdown）',
    find: '記事を検索',
    search: '検索',
    insert: 'リンクを挿入',
    solveWith: 'この記事で解決して送信',
    sendAndSolve: '送信して解決',
    sendAndWait: '送信してお客様待ちに',
    more: 'その他',
    toArticle: '記事の下書きにする',
    title: '題名',
    publish: '公開する',
    published: '公開しました。',
    name: '名前',
    phrases: '言葉',
    tryIt: '直近100件で試す',
    tried: '試した結果',
  },
  en: {
    save: 'Save',
    text: 'Text (Markdown)',
    find: 'Search articles',
    search: 'Search',
    insert: 'Insert link',
    solveWith: 'Send and solve with it',
    sendAndSolve: 'Send and solve',
    sendAndWait: 'Send, wait for customer',
    more: 'More',
    toArticle: 'Turn into a draft article',
    title: 'Title',
    publish: 'Publish',
    published: 'Published.',
    name: 'Name',
    phrases: 'Words or phrases',
    tryIt: 'Try it on the last 100 requests',
    tried: 'What it would do',
  },
} as const;

/** Somebody at the desk: a window and the language that is spoken in it. */
export class Desk {
  readonly page: Page;
  readonly locale: Locale;
  private readonly words: (typeof words)[Locale];

  constructor(page: Page, locale: Locale) {
    this.page = page;
    this.locale = locale;
    this.words = words[locale];
  }

  private button(name: string) {
    return this.page.getByRole('main').getByRole('button', { name, exact: true });
  }

  /** A rule that tags whatever names the word; tried before it is saved. */
  async addsRule(rule: { name: string; word: string; tag: string }) {
    const { page, words } = this;
    await page.goto('/desk/settings/rules/new');
    await page.getByLabel(words.name, { exact: true }).fill(rule.name);
    await page.locator('#words').fill(rule.word);
    await page.locator('#add_tags').fill(rule.tag);
    await this.button(words.tryIt).click();
    await expect(page.getByRole('heading', { name: words.tried })).toBeVisible();
    await this.button(words.save).click();
    await expect(page.locator('.rule').filter({ hasText: rule.name })).toContainText(rule.tag);
  }

  async opens(number: number) {
    await this.page.goto(`/desk/requests/${number}`);
    await expect(this.page.locator('.reading-meta .num')).toHaveText(`#${number}`);
    if (!isScriptless(this.page)) await awake(this.page);
  }

  async writes(text: string) {
    await this.page.getByLabel(this.words.text).fill(text);
  }

  /** Finds an article without leaving the reply. */
  private async finds(title: string) {
    const { page, words } = this;
    const articles = page.locator('.reply-articles');
    await articles.locator('summary').click();
    await page.getByLabel(words.find).fill(title);
    await articles.getByRole('button', { name: words.search, exact: true }).click();
    return page.locator('.found-article').filter({ has: page.getByRole('link', { name: title }) });
  }

  /** Sends what is written, and notes that the article solved the request. */
  async solvesWith(title: string) {
    const found = await this.finds(title);
    await found.getByRole('button', { name: this.words.solveWith }).click();
    await expect(this.page.getByLabel(this.words.text)).toHaveValue('');
  }

  /** Finds an article and puts its link into the text. */
  async insertsArticle(title: string) {
    const { page, words } = this;
    const found = await this.finds(title);
    await found.getByRole('button', { name: words.insert }).click();
    await expect(page.getByLabel(words.text)).toHaveValue(new RegExp(`\\[.*\\]\\(.*/articles/`));
  }

  async sends(how: 'sendAndSolve' | 'sendAndWait') {
    await this.button(this.words[how]).click();
    await expect(this.page.getByLabel(this.words.text)).toHaveValue('');
  }

  async solves() {
    const toolbar = this.page.locator('.toolbar');
    await toolbar.locator('button[name="set_status"][value="solved"]').click();
    await expect(toolbar.locator('button[name="set_status"][value="open"]')).toBeVisible();
  }

  async turnsIntoArticle() {
    const more = this.page.locator('.toolbar details').filter({ hasText: this.words.more });
    await more.locator('summary').click();
    await more.getByRole('button', { name: this.words.toArticle }).click();
    await expect(this.page.locator('#editor-form')).toBeVisible();
  }

  /** Fills in the open editor and publishes. */
  async publishes(article: { title: string; body: string }) {
    const { page, words } = this;
    await page.getByLabel(words.title, { exact: true }).fill(article.title);
    await page.getByLabel(words.text).fill(article.body);
    await this.button(words.publish).click();
    await expect(page.getByRole('status').filter({ hasText: words.published })).toBeVisible();
  }
}
