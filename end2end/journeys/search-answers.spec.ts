// However it is asked, the article that a person would pick from the titles stands on top: while one types and among
// the results. And where nothing fits, nothing is put forward.
import { type Page } from '@playwright/test';
import { cast } from '../support/cast';
import { Desk } from '../support/desk';
import { inventedName } from '../support/invent';
import { awake, expect, expectNoOverflow, locales, type Locale } from '../support/portal';
import { test } from '../support/staff';

type Asked = {
  /** What is typed, by kind, and the title that belongs on top. */
  answered: [kind: string, query: string, title: string][];
  unanswered: [kind: string, query: string][];
  nothing: string;
};

const asked: Record<Locale, Asked> = {
  ja: {
    answered: [
      [
        'a paragraph',
        'いつもお世話になっております。経理担当の者から、領収書の宛名を会社名にしてほしいと言われました。いまは個人の名前になっています。支払いはカードで済んでいるのですが、あとから変更できますか。',
        '請求書・領収書の宛名を会社名にする',
      ],
      [
        'another paragraph',
        '来月で契約を終える予定です。それまでに、これまで書いた記事とお問い合わせをすべて手元に残しておきたいのですが、どのように書き出せばよいですか。解約後はいつまで残りますか。',
        'データを持ち出す、ご契約を終える',
      ],
      ['a typo', 'バックアプ', 'バックアップと復元'],
      ['a synonym', 'インボイス', '請求書・領収書の宛名を会社名にする'],
      ['a name of the machine', 'KOTAE_SMTP_PASSWORD', 'メールを送れるようにする'],
      ['one kanji', '版', '版を比べる・戻す'],
      ['one kanji inside a word', '添', 'ファイルを添付する'],
    ],
    unanswered: [
      ['one kanji of something else', '猫'],
      ['a particle', 'を'],
    ],
    nothing: '合う記事はありません',
  },
  en: {
    answered: [
      [
        'a paragraph',
        'We are a small company and our accountant asked for an invoice that carries the name of the company. The receipt that we got shows my own name instead. We have paid by card. Is there any way to get it changed afterwards?',
        "Invoices and receipts in your company's name",
      ],
      [
        'another paragraph',
        'We moved our old help centre over by importing a folder of Markdown files. The articles are there but in most of them the pictures do not show, only an empty frame.',
        'Pictures are missing after an import',
      ],
      ['typos', 'bakcup restroe', 'Backup and restore'],
      ['a synonym', 'bill', "Invoices and receipts in your company's name"],
      ['a name of the machine', 'KOTAE_DATABASE_URL', 'Run on PostgreSQL'],
      ['two words', 'attach file', 'Attach files'],
    ],
    unanswered: [
      ['something else', 'giraffe'],
      ['one kanji that stands nowhere', '猫'],
    ],
    nothing: 'Nothing found',
  },
};

/** The first title while one types; searching is left to Enter. */
async function types(page: Page, locale: Locale, query: string) {
  await page.goto(`/${locale}`);
  await awake(page);
  const form = page.getByRole('main').getByRole('search');
  await form.locator('input[name="q"]').fill(query);
  return form.getByRole('listbox', { includeHidden: true }).getByRole('option', { includeHidden: true });
}

for (const locale of locales) {
  const { answered, unanswered, nothing } = asked[locale];

  test(`what is asked in ${locale} finds the article that a person would pick`, async ({ visit }) => {
    const page = await visit({ locale });
    const results = page.getByRole('main').locator('.result-title');
    for (const [kind, query, title] of answered) {
      await test.step(kind, async () => {
        const offered = await types(page, locale, query);
        // A name that stands in a text alone is found there, not while one types a title.
        if (!kind.endsWith('machine')) {
          const right = kind.endsWith('paragraph') ? offered.filter({ hasText: title }) : offered.first();
          await expect(right, `${kind}, while one types`).toContainText(title);
        }
        await page.keyboard.press('Enter');
        await expect(page).toHaveURL(/search\?q=/);
        await expect(results.first(), `${kind}, on top of the results`).toHaveText(title);
        await expectNoOverflow(page);
      });
    }
    for (const [kind, query] of unanswered) {
      await test.step(kind, async () => {
        await page.goto(`/${locale}/search?q=${encodeURIComponent(query)}`);
        await expect(page.getByRole('heading', { level: 1 })).toContainText(nothing);
        await expect(results, 'nothing silly is put forward').toHaveCount(0);
        await expectNoOverflow(page);
      });
    }
  });

  test(`@desktop an error code in ${locale} is one word, however it is spelt`, async ({ visit, staff }) => {
    const number = String(Math.floor(Math.random() * 9000) + 1000);
    const product = inventedName(locale);
    const title = locale === 'ja' ? `${product}が ERR_${number} で止まるとき` : `${product} stops with ERR_${number}`;
    const desk = new Desk(await staff(cast.cre, { locale }), locale);
    await desk.page.goto(`/desk/articles/new?locale=${locale}`);
    await desk.publishes({ title, body: `ERR_${number}: ${product}` });

    const page = await visit({ locale });
    const first = page.getByRole('main').locator('.result-title').first();
    for (const spelt of [`ERR_${number}`, `err ${number}`, `err-${number}`, `ＥＲＲ＿${number}`]) {
      await expect(async () => {
        await page.goto(`/${locale}/search?q=${encodeURIComponent(spelt)}`);
        await expect(first, spelt).toHaveText(title, { timeout: 500 });
      }).toPass({ timeout: 5_000 });
    }
    const offered = await types(page, locale, `ERR_${number}`);
    await expect(offered.first()).toContainText(title);
    // A code is not a word that somebody may have misspelt: another one is not taken for it.
    await page.goto(`/${locale}/search?q=ERR_${number}${number}`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(asked[locale].nothing);
  });
}
