// What solved the requests of three customers leads the next one who says it in the same words to the article, until one of
// the requests is opened again or its customer is erased: a word that nobody else uses is its customer's own.
import { type Page } from '@playwright/test';
import { cast } from '../support/cast';
import { Customer } from '../support/customer';
import { Desk } from '../support/desk';
import { inventedAddress, inventedName, inventedWord } from '../support/invent';
import { expect, locales, type Locale } from '../support/portal';
import { test } from '../support/staff';

/** What was solved is learned a minute later, together with what else was. */
const soon = 100_000;
/** So many customers make a word one that customers use. */
const several = 3;

type Story = { locale: Locale; words: string; title: string; email: string; number: number };

// Windows that look at a request when it goes are told that it is gone.
test.use({ expectedComplaints: [/status of 404 .*\/requests\//] });

test('@desktop what solved a request is found in its words, until it did not or they are gone', async ({ visit, staff }) => {
  test.setTimeout(360_000);
  const desks = new Map<Locale, Desk>();
  for (const locale of locales) desks.set(locale, new Desk(await staff(cast.cre, { locale }), locale));

  /** CRE solve several customers' requests with an article that shares no word with them; the last one's is told. */
  const solves = async (locale: Locale): Promise<Story> => {
    const words = [inventedWord(locale), inventedWord(locale)].join(' ');
    const title = inventedName(locale);
    const desk = desks.get(locale)!;
    await desk.page.goto(`/desk/articles/new?locale=${locale}`);
    await desk.publishes({ title, body: title });
    const last = { email: '', number: 0 };
    for (let customers = 0; customers < several; customers++) {
      const customer = new Customer(await visit({ locale }), locale);
      last.email = inventedAddress();
      await customer.goesToAsk();
      await customer.writes({ subject: words, body: words, email: last.email });
      last.number = await customer.sendsAtLast();
      await desk.opens(last.number);
      await desk.writes(title);
      await desk.solvesWith(title);
    }
    return { locale, words, title, ...last };
  };

  const reader: Page = await visit();
  const isFound = async ({ locale, words, title }: Story) => {
    await reader.goto(`/${locale}/search?q=${encodeURIComponent(words)}`);
    return (await reader.getByRole('main').locator('.result-title').filter({ hasText: title }).count()) > 0;
  };

  const stories = [await solves('ja'), await solves('en')] as const;
  for (const story of stories) expect(await isFound(story), 'nobody said it before').toBe(false);
  for (const story of stories) {
    await expect.poll(() => isFound(story), { message: `${story.words} leads to ${story.title}`, timeout: soon }).toBe(true);
  }

  const [erased, reopened] = stories;
  await test.step('erasing the customer takes it back at once', async () => {
    const administrator = await staff(cast.administrator, { locale: 'ja' });
    await administrator.goto(`/desk/people?of=customers&q=${encodeURIComponent(erased.email)}`);
    await administrator.getByRole('link', { name: erased.email }).click();
    await administrator.locator('a[href$="/erase"]').click();
    await administrator.locator('#confirm').fill(erased.email);
    await administrator.locator('main form .button-danger').click();
    await expect(administrator.locator('.flash')).toBeVisible();
    await expect.poll(() => isFound(erased)).toBe(false);
    expect((await administrator.goto(`/desk/requests/${erased.number}`))!.status()).toBe(404);
  });

  await test.step('so does opening the request again, soon', async () => {
    const desk = desks.get(reopened.locale)!;
    await desk.opens(reopened.number);
    await desk.page.locator('.toolbar button[name="set_status"][value="open"]').click();
    await expect(desk.page.locator('.flash')).toBeVisible();
    await expect.poll(() => isFound(reopened), { timeout: soon }).toBe(false);
  });
});
