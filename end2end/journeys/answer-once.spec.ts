// The whole of it: a question is answered once, and whoever asks it next finds the answer.
import { expectAccessible } from '../support/axe';
import { cast } from '../support/cast';
import { Customer } from '../support/customer';
import { Desk } from '../support/desk';
import { inventedAddress, inventedName } from '../support/invent';
import { linkIn, waitForMail } from '../support/mail';
import { expect, expectNoOverflow, locales, type Locale } from '../support/portal';
import { test } from '../support/staff';

/** `gate` is the name of a product that this portal has never heard of. */
const stories = {
  ja: (gate: string) => ({
    search: 'サインイン用リンクが届かない',
    known: 'サインイン用リンクが届かないとき',
    rule: `${gate}のお客様`,
    subject: `${gate}を使っていて、サインインのリンクが届きません`,
    body: `サインイン用リンクのメールを三回送りましたが、届きません。当社のメールは${gate}という装置を通ります。`,
    reply: `${gate}の「許可する送信元」に、このポータルのドメインを加えてください。あわせて次の記事もご覧ください。`,
    thanks: '許可に加えたら届きました。同僚にも知らせたいので、手順を書いていただけますか。',
    article: {
      title: `${gate}で止められたメールを受け取る`,
      body: `${gate}の管理画面で「許可する送信元」を開き、このポータルのドメインを加えると、止められていたサインイン用のメールが届きます。`,
    },
    again: {
      subject: `${gate}がメールを止めてしまう`,
      body: `${gate}を入れてから、ポータルのメールを受け取れなくなりました。どう設定すればよいですか。`,
    },
    byRule: (rule: string) => new RegExp(`タグ「.+」を追加.*（ルール \\d+「${rule}」）`),
    reopened: '再開しました',
  }),
  en: (gate: string) => ({
    search: 'sign-in link has not arrived',
    known: 'The sign-in link does not arrive',
    rule: `Customers of ${gate}`,
    subject: `The sign-in link does not arrive behind our ${gate}`,
    body: `We asked for a sign-in link three times and no mail arrived. All our mail goes through a ${gate} appliance.`,
    reply: `Add the domain of this portal to the allowed senders of ${gate}. This article says more:`,
    thanks: 'It arrives now that the domain is allowed. Could you write the steps down for my colleagues?',
    article: {
      title: `Receive mail that ${gate} holds back`,
      body: `Open "Allowed senders" in the console of ${gate} and add the domain of this portal. The sign-in mail that was held back arrives from then on.`,
    },
    again: {
      subject: `${gate} keeps our mail`,
      body: `Since we installed ${gate} we cannot receive any mail from the portal. Which setting do we need?`,
    },
    byRule: (rule: string) => new RegExp(`Tagged .+ by rule \\d+ “${rule}”`),
    reopened: 'Reopened',
  }),
} satisfies Record<Locale, (gate: string) => object>;

for (const locale of locales) {
  for (const javaScriptEnabled of [true, false]) {
    test(`a question is answered once in ${locale}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({
      visit,
      staff,
    }) => {
      test.slow();
      const gate = inventedName(locale);
      const tag = `gate-${inventedName('en').toLowerCase()}`;
      const story = stories[locale](gate);
      const email = inventedAddress();
      const language = { locale, javaScriptEnabled };

      await test.step('the administrator routes what names the product by a rule', async () => {
        const administrator = new Desk(await staff(cast.administrator, language), locale);
        await administrator.addsRule({ name: story.rule, word: gate, tag });
      });

      const customer = new Customer(await visit(language), locale);
      await test.step('the customer searches, reads, and is not helped', async () => {
        await customer.searches(story.search);
        await expectNoOverflow(customer.page);
        await customer.opensResult(story.known);
        await customer.isNotHelpedAndAsks();
      });

      const number = await test.step('writes, is shown what is known, and sends it all the same', async () => {
        await customer.writes({ subject: story.subject, body: story.body, email });
        if (javaScriptEnabled) {
          const answer = await customer.reads(story.known);
          await expect(answer.locator('.answer')).not.toBeEmpty();
          await expectNoOverflow(customer.page);
          await expectAccessible(customer.page);
        }
        await customer.presses('send');
        await customer.isBeforeSending();
        await customer.reads(story.known);
        await expectNoOverflow(customer.page);
        await expectAccessible(customer.page);
        return customer.sendsAnyway();
      });

      const cre = new Desk(await staff(cast.cre, language), locale);
      await test.step('the rule has tagged it; CRE answers with an article', async () => {
        await cre.opens(number);
        await expect(cre.page.locator('.tag-list')).toContainText(tag);
        await expect(cre.page.locator('.thread')).toContainText(story.byRule(story.rule));
        await cre.writes(story.reply);
        await cre.insertsArticle(story.known);
        await expectNoOverflow(cre.page);
        await expectAccessible(cre.page);
        await cre.sends('sendAndSolve');
      });

      await test.step('the customer reads it by the private link and replies', async () => {
        const link = linkIn(await waitForMail(email, new RegExp(story.reply.slice(0, 20))), '/r/');
        await customer.page.goto(link);
        const thread = customer.page.locator('.thread');
        await expect(thread).toContainText(story.reply);
        await expect(thread.getByRole('link', { name: story.known })).toHaveAttribute('href', /\/articles\//);
        await expectNoOverflow(customer.page);
        await customer.replies(story.thanks);
        await expect(thread).toContainText(story.reopened);
      });

      await test.step('the request is open again; CRE solves it and turns it into an article', async () => {
        await cre.opens(number);
        await expect(cre.page.locator('.thread')).toContainText(story.thanks);
        await expect(cre.page.locator('select[name="status"]')).toHaveValue('open');
        await cre.solves();
        await cre.turnsIntoArticle();
        await expectNoOverflow(cre.page);
        await cre.publishes(story.article);
      });

      await test.step('whoever asks the same in other words is shown it', async () => {
        const next = new Customer(await visit(language), locale);
        await next.goesToAsk();
        await next.writes({ ...story.again, email: inventedAddress() });
        if (!javaScriptEnabled) {
          await next.presses('send');
          await next.isBeforeSending();
        }
        const answer = await next.reads(story.article.title);
        await expect(answer).toContainText(story.article.body.slice(0, 12));
      });
    });
  }
}
