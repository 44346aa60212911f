//! Asking: the form with its suggestions, the form with its errors, the last offer, the receipt.

use app::{
    i18n::Locale,
    model::{
        form::{Choice, FieldErrors},
        words::RequestKind,
    },
    parts::*,
};
use leptos::prelude::*;

pub fn form(l: Locale) -> AnyView {
    ask(l, FieldErrors::default())
}

pub fn errors(l: Locale) -> AnyView {
    let mut errors = FieldErrors::default();
    errors.add("subject", l.t("件名を入力してください", "Enter a subject"));
    errors.add(
        "email",
        l.t(
            "メールアドレスを name@example.com の形で入力してください",
            "Enter an e-mail address like name@example.com",
        ),
    );
    ask(l, errors)
}

fn ask(l: Locale, errors: FieldErrors) -> AnyView {
    let kinds =
        RequestKind::ALL.map(|kind| Choice::new(kind.code(), kind.label(l)).with_hint(kind.hint(l))).to_vec();
    let wrong = !errors.is_empty();
    let subject =
        if wrong { "" } else { l.t("請求書の宛名を変えたい", "Change the name on our invoice") };
    view! {
        <div class="page">
            <header class="page-head">
                <h1>{l.t("サポートに質問する", "Ask our team")}</h1>
                <p class="lead">
                    {l.t("平日 9:00–18:00 にお答えします。いつもは 4 時間ほどでお返事しています。", "We answer on weekdays, 9:00–18:00, usually within four hours.")}
                </p>
            </header>
            <form class="ask-form" method="post" action="#" novalidate>
                <Csrf token="" />
                <Honeypot locale=l name="website" />
                <div class="form ask-words">
                    <ErrorSummary locale=l errors=errors.clone() />
                    <Radios locale=l name="kind" legend=l.t("どのようなご用件ですか", "What is it about?") choices=kinds selected="question" cards=true />
                    <TextField locale=l name="subject" label=l.t("件名", "Subject") value=subject error=errors.of("subject") hint=l.t("ひとことでお書きください。", "In a few words.") maxlength=200 />
                    <TextArea
                        locale=l
                        name="body"
                        label=l.t("くわしい内容", "Description")
                        hint=l.t("したいこと、起きたこと、表示された言葉があればそのままお書きください。", "What you want to do, what happened, and any message you saw.")
                        value=l.t("先月から会社名が変わりました。今月分の請求書から新しい宛名にしたいのですが、どこで変更できますか。", "Our company has a new name since last month. Where can we change it for this month’s invoice?")
                        error=errors.of("body")
                    />
                </div>
                <aside class="ask-side" aria-label=l.t("答えの候補", "Suggested answers")>{suggestions(l)}</aside>
                <div class="form ask-rest">
                    <Select
                        locale=l
                        name="area"
                        label=l.t("関係する機能", "Product area")
                        empty=l.t("わからない・あてはまらない", "Not sure")
                        choices=vec![Choice::new("billing", l.t("お支払い", "Billing")), Choice::new("desk", l.t("デスク", "Desk"))]
                        optional=true
                    />
                    <FileField locale=l name="files" label=l.t("添付ファイル", "Attachments") hint=l.t("5 個まで、1 個 10 MB まで。画像の位置情報などは取り除かれます。", "Up to 5 files of 10 MB. Locations and other details are removed from pictures.") optional=true multiple=true />
                    <FieldGroup legend=l.t("お返事の宛先", "Where we reply to")>
                        <TextField locale=l name="email" kind="email" autocomplete="email" label=l.t("メールアドレス", "E-mail address") error=errors.of("email") value=if wrong { "hotaru@" } else { "hotaru@hoshizora.example" } />
                        <TextField locale=l name="name" autocomplete="name" label=l.t("お名前", "Name") optional=true width="w-medium" />
                    </FieldGroup>
                    <div class="form-actions">
                        <Button kind=ButtonKind::Primary>{l.t("確認して送信する", "Review and send")}</Button>
                    </div>
                </div>
            </form>
        </div>
    }
    .into_any()
}

fn suggestions(l: Locale) -> AnyView {
    let answer = l.t(
        "<p>「お支払い」の画面で<strong>宛名</strong>を書き換えると、次に発行される請求書から新しい宛名になります。</p><ol><li>右上の名前から「お支払い」を開きます。</li><li>「請求先」の宛名を書き換えて保存します。</li></ol>",
        "<p>Change the <strong>name</strong> under Billing, and the next invoice carries it.</p><ol><li>Open Billing from your name at the top right.</li><li>Change the name under “Bill to” and save.</li></ol>",
    );
    view! {
        <section class="suggestions" aria-labelledby="suggestions-title">
            <h2 id="suggestions-title">{l.t("もう答えがあるかもしれません", "The answer may be here already")}</h2>
            <p>{l.t("書いている内容に近い記事です。", "Articles close to what you are writing.")}</p>
            <Fold title=l.t("請求書の宛名を変更する", "Change the name on an invoice") open=true class="suggestion">
                <div class="prose prose-compact" inner_html=answer></div>
                <div class="suggestion-actions">
                    <Button small=true icon=IconName::Check>{l.t("これで解決した", "This solved it")}</Button>
                    <a class="small" href="#">{l.t("記事を開く", "Open the article")}</a>
                </div>
            </Fold>
            <Fold title=l.t("請求書を再発行する", "Issue an invoice again") class="suggestion"><p>"…"</p></Fold>
            <Fold title=l.t("請求先を組織ごとに分ける", "Separate billing per organization") class="suggestion"><p>"…"</p></Fold>
        </section>
    }
    .into_any()
}

pub fn before_sending(l: Locale) -> AnyView {
    view! {
        <div class="page page-narrow">
            <header class="page-head">
                <h1>{l.t("送信の前に", "Before you send")}</h1>
                <p class="lead">{l.t("参考になりそうな記事があります。解決しないときは、そのまま送信できます。", "These articles may help. If they do not solve it, send your request as it is.")}</p>
            </header>
            <div class="stack stack-l">
                {suggestions(l)}
                <Card title=l.t("送信する内容", "What you are sending")>
                    <dl class="facts">
                        <dt>{l.t("件名", "Subject")}</dt>
                        <dd>{l.t("請求書の宛名を変えたい", "Change the name on our invoice")}</dd>
                        <dt>{l.t("内容", "Description")}</dt>
                        <dd>{l.t("先月から会社名が変わりました。今月分の請求書から新しい宛名にしたいのですが、どこで変更できますか。", "Our company has a new name since last month. Where can we change it for this month’s invoice?")}</dd>
                        <dt>{l.t("お返事の宛先", "Reply to")}</dt>
                        <dd>"hotaru@hoshizora.example"</dd>
                    </dl>
                </Card>
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary icon=IconName::Send>{l.t("送信する", "Send")}</Button>
                    <LinkButton href="#" kind=ButtonKind::Quiet>{l.t("書き直す", "Change it")}</LinkButton>
                </div>
            </div>
        </div>
    }
    .into_any()
}

pub fn done(l: Locale) -> AnyView {
    view! {
        <div class="page page-narrow">
            <div class="receipt">
                <Badge tone=app::model::figures::Tone::Good><Icon name=IconName::Check />{l.t("受け付けました", "Received")}</Badge>
                <h1>{l.t("お問い合わせを受け付けました", "We have your request")}</h1>
                <dl class="facts">
                    <dt>{l.t("受付番号", "Number")}</dt>
                    <dd class="strong num">"K-1042"</dd>
                    <dt>{l.t("お返事の目安", "Expected reply")}</dt>
                    <dd>{l.t("今日 16:00 ごろまで", "By about 16:00 today")}</dd>
                    <dt>{l.t("宛先", "Reply goes to")}</dt>
                    <dd>"hotaru@hoshizora.example"</dd>
                </dl>
                <div class="stack stack-s">
                    <p>{l.t("次のリンクから、いつでも続きをご覧いただけます。リンクを知っている人だけが開けます。", "Follow it at this link at any time. Only people who have the link can open it.")}</p>
                    <a class="copy-link" href="#">"https://help.example.com/ja/r/7fQ2mXc9vB4tK1sWz8RpLd"</a>
                </div>
                <div class="form-actions">
                    <LinkButton href="#" kind=ButtonKind::Primary>{l.t("お問い合わせを見る", "Open the request")}</LinkButton>
                    <LinkButton href="#" kind=ButtonKind::Quiet>{l.t("ホームへ", "Home")}</LinkButton>
                </div>
            </div>
        </div>
    }
    .into_any()
}
