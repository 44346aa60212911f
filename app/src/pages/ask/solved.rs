//! "This solved it": thanks, and the way back with everything that was typed.

use leptos::prelude::*;

use super::{FORM, action, hidden_fields};
use crate::i18n::Locale;
use crate::model::ask::SolvedPage;
use crate::model::figures::Tone;
use crate::pages::kept_draft::draft_done;
use crate::parts::{Badge, Button, ButtonKind, Csrf, Icon, IconName, LinkButton};

pub fn solved(locale: Locale, page: SolvedPage) -> AnyView {
    let SolvedPage { csrf, form, title, href } = page;
    view! {
        <div class="page page-narrow">
            {draft_done(super::DRAFT)}
            <div class="receipt">
                <p>
                    <Badge tone=Tone::Good>
                        <Icon name=IconName::Check />
                        {locale.t("解決", "Solved")}
                    </Badge>
                </p>
                <h1>{locale.t("解決してよかったです", "Glad that solved it")}</h1>
                <p>
                    {locale.t("お役に立った記事：", "The article that helped: ")}
                    <a href=href>{title}</a>
                </p>
                <p class="muted">
                    {locale.t("書いていた内容は送信していません。教えていただいたことは、記事をよくするために使います。", "What you were writing has not been sent. Knowing what helped lets us keep the articles good.")}
                </p>
                <form class="form-actions" id=FORM method="post" action=action(locale) novalidate>
                    <Csrf token=csrf />
                    {hidden_fields(&form)}
                    <LinkButton href=format!("/{}", locale.tag()) kind=ButtonKind::Primary>
                        {locale.t("ホームへ", "Home")}
                    </LinkButton>
                    <Button icon=IconName::Undo name="step" value="unsolved">
                        {locale.t("やっぱり解決していない", "Actually, it did not")}
                    </Button>
                </form>
            </div>
        </div>
    }
    .into_any()
}
