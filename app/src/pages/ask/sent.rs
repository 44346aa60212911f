//! The receipt: the number, the time and the link that a customer keeps.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::ask::SentPage;
use crate::model::figures::Tone;
use crate::pages::kept_draft::draft_done;
use crate::parts::{Badge, ButtonKind, Icon, IconName, LinkButton};

pub fn sent(locale: Locale, page: SentPage) -> AnyView {
    let SentPage { number, subject, expected, email, link, url } = page;
    view! {
        <div class="page page-narrow">
            {draft_done(super::DRAFT)}
            <div class="receipt">
                <p>
                    <Badge tone=Tone::Good>
                        <Icon name=IconName::Check />
                        {locale.t("受け付けました", "Received")}
                    </Badge>
                </p>
                <h1>{locale.t("お問い合わせを受け付けました", "We have your request")}</h1>
                <dl class="facts">
                    <dt>{locale.t("受付番号", "Number")}</dt>
                    <dd class="receipt-number">{format!("#{number}")}</dd>
                    <dt>{locale.t("件名", "Subject")}</dt>
                    <dd>{subject}</dd>
                    <dt>{locale.t("お返事の目安", "Expected reply")}</dt>
                    <dd>{expected}</dd>
                    <dt>{locale.t("お返事の宛先", "We reply to")}</dt>
                    <dd>{email}</dd>
                </dl>
                <div class="stack stack-s">
                    <p>
                        {locale.t("次のリンクから、いつでも続きをご覧いただけます。リンクを知っている人だけが開けます。同じリンクをメールでもお送りしました。", "Follow it at this link at any time; only people who have the link can open it. We have sent it to you by mail, too.")}
                    </p>
                    <a class="copy-link" href=link.clone()>{url}</a>
                </div>
                <div class="form-actions">
                    <LinkButton href=link kind=ButtonKind::Primary>
                        {locale.t("お問い合わせを見る", "Open the request")}
                    </LinkButton>
                    <LinkButton href=format!("/{}", locale.tag())>{locale.t("ホームへ", "Home")}</LinkButton>
                </div>
            </div>
        </div>
    }
    .into_any()
}
