//! Error pages: what happened, what was kept, and what to do.

use super::{Ctx, Error, Form, Page, csrf};
use app::model::error::{ErrorPage, KeptField, LostFiles};
use app::model::shell::Place;
use axum::response::Response;

/// Draws an error for a person. A form that could not be taken comes back filled, with a button that sends it again;
/// what another site sent is shown without one, or that site would only have to talk somebody into pressing it.
pub fn page(ctx: &mut Ctx, error: &Error, form: Option<&Form>) -> Response {
    let again = !matches!(error, Error::NotFound | Error::DeadLink | Error::BadRequest);
    let form = form.filter(|form| worth_keeping(form));
    let kept = form.map(kept_fields).unwrap_or_default();
    if again && !kept.is_empty() {
        ctx.ensure_visitor();
    }
    let ours = csrf::same_origin(&ctx.headers, &ctx.app.config.public_url);
    let model = ErrorPage {
        sign_in: matches!(error, Error::SignIn).then(|| sign_in(ctx)),
        requests: matches!(error, Error::DeadLink).then(|| Place::MyRequests.href(ctx.locale)),
        code: error.code().to_owned(),
        status: error.status().as_u16(),
        title: error.title(ctx.locale),
        message: error.message(ctx.locale),
        action: (ours && again).then(|| ctx.path().to_owned()),
        csrf: ctx.csrf_token(),
        kept,
        files: form.map(lost_files).unwrap_or_default(),
        at_desk: ctx.path().starts_with("/desk") && ctx.visitor.is_staff(),
    };
    let locale = ctx.locale;
    // Whoever is told to wait finds the words again in the search box.
    let page = Page { search_query: ctx.query("q"), ..Page::new(model.title.clone()) };
    ctx.page_with(error.status(), page, move || app::pages::error::error(locale, model))
}

/// Whether somebody typed or chose something: a bare button is pressed again soon enough.
pub fn worth_keeping(form: &Form) -> bool {
    kept_fields(form).iter().any(|field| !field.value.is_empty())
}

/// Passwords are typed again: they do not belong into a page.
fn kept_fields(form: &Form) -> Vec<KeptField> {
    form.fields()
        .iter()
        .filter(|(name, _)| name != csrf::FIELD && !name.contains("password"))
        .map(|(name, value)| KeptField { name: name.clone(), value: value.clone() })
        .collect()
}

fn lost_files(form: &Form) -> Vec<LostFiles> {
    let mut lost: Vec<LostFiles> = Vec::new();
    for (field, name) in form.file_names() {
        match lost.iter_mut().find(|files| files.field == field) {
            Some(files) => files.names.push(name.to_owned()),
            None => lost.push(LostFiles { field: field.to_owned(), names: vec![name.to_owned()] }),
        }
    }
    lost
}

fn sign_in(ctx: &Ctx) -> String {
    if ctx.path().starts_with("/desk") {
        "/desk/sign-in".to_owned()
    } else {
        format!("/{}/sign-in", ctx.locale.tag())
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Cast, Client, TestDb, db_test, open, question};
    use axum::http::{Method, StatusCode};

    db_test!(
        async fn a_session_that_ended_while_somebody_wrote_does_not_take_their_words(t: TestDb) {
            let app = t.app().await?;
            let cast = Cast::enter(&t).await?;
            let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
            let page = mamoru.get("/desk/settings").await;
            t.clock.advance(60 * crate::clock::DAY);
            let typed = [("home_text_en", "Words that took an hour to find")];
            let late = mamoru.submit(&page, "/desk/settings", &typed).await;
            assert_eq!(late.status, StatusCode::UNAUTHORIZED);
            assert!(late.body.contains("Words that took an hour to find"), "{}", late.body);
            assert!(late.body.contains("/desk/sign-in"));
            Ok(())
        }
    );

    db_test!(
        async fn a_stale_token_brings_the_form_back_and_the_button_sends_it(t: TestDb) {
            let app = t.app().await?;
            let cast = Cast::enter(&t).await?;
            let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
            let page = mamoru.get("/desk/settings").await;
            let typed = [("home_text_en", "What is it about?"), ("csrf", "from-another-day")];
            let stale = mamoru.submit(&page, "/desk/settings", &typed).await;
            assert_eq!(stale.status, StatusCode::FORBIDDEN);
            assert!(stale.body.contains("What is it about?"));
            let again = mamoru.submit(&stale, "/desk/settings", &[]).await;
            assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
            assert_eq!(app.settings.current().home_text.en, "What is it about?");
            Ok(())
        }
    );

    db_test!(
        async fn what_another_site_sends_comes_back_without_a_button_that_would_finish_it(t: TestDb) {
            let app = t.app().await?;
            let cast = Cast::enter(&t).await?;
            let evil = [("origin", "https://evil.example")];
            let form = "application/x-www-form-urlencoded";
            let body = b"home_text_en=Buy+cheap+watches+from+us+today%2C+and+only+today".to_vec();
            // A browser keeps the session's cookie from such a form, or sends it: both end here.
            for client in [Client::anonymous(&app), Client::signed_in_as(&app, &cast.mamoru).await?] {
                let path = "/desk/settings";
                let answer = client.send(Method::POST, path, Some(form), body.clone(), &evil).await;
                assert!(answer.status.is_client_error(), "{}", answer.status);
                assert!(answer.body.contains("Buy cheap watches"), "{}", answer.body);
                assert!(!answer.body.contains(r#"action="/desk/settings""#), "{}", answer.body);
            }
            Ok(())
        }
    );

    db_test!(
        async fn nothing_is_said_to_be_kept_where_nothing_was_typed(t: TestDb) {
            let app = t.app().await?;
            let answer = Client::anonymous(&app).post("/sign-out", &[("csrf", "from-another-day")]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
            assert!(
                !answer.body.contains("残っています") && !answer.body.contains("is kept"),
                "{}",
                answer.body
            );
            Ok(())
        }
    );

    db_test!(
        async fn files_of_a_form_that_comes_back_are_asked_for_again_by_name(t: TestDb) {
            let app = t.app().await?;
            let cast = Cast::enter(&t).await?;
            let asked = question(&app, &cast.penny, "Import", "It stops.");
            open(&app, asked).await?;
            let midori = Client::signed_in_as(&app, &cast.midori).await?;
            let page = midori.get("/desk/requests/1").await;
            let form = "/desk/requests/1/reply";
            let typed = [("body", "See the file."), ("send", "open"), ("csrf", "from-another-day")];
            let files = [("attachments", "guide.txt", b"steps" as &[u8])];
            let stale = midori.submit_files(&page, form, &typed, &files).await;
            assert_eq!(stale.status, StatusCode::FORBIDDEN);
            assert!(
                stale.says("guide.txt") && stale.body.contains("name=\"attachments\""),
                "{}",
                stale.text()
            );
            let again = midori.submit_files(&stale, form, &[], &files).await;
            assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
            assert!(midori.get("/desk/requests/1").await.says("guide.txt"));
            Ok(())
        }
    );

    #[tokio::test]
    async fn a_full_disk_answers_503_with_the_words_and_reading_goes_on() -> anyhow::Result<()> {
        let t = TestDb::sqlite().await?;
        let app = t.app().await?;
        let client = Client::anonymous(&app);
        let page = client.get("/en/ask").await;
        t.clock.advance(crate::clock::MINUTE);
        let crate::storage::Db::Sqlite { writer, .. } = &t.db else { panic!("opened as SQLite") };
        // As on a full disk: the file may not grow.
        sqlx::query("PRAGMA max_page_count = 1").execute(writer).await?;
        let body = "Kept while the disk is full. ".repeat(300);
        let typed = [
            ("subject", "What happens when the disk is full?"),
            ("body", body.as_str()),
            ("email", "reader-1@papercrane.example"),
            ("step", "send"),
        ];
        let refused = client.submit(&page, "/en/ask", &typed).await;
        assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(refused.body.contains(body.trim()));
        assert_eq!(client.get("/en").await.status, StatusCode::OK);
        sqlx::query("PRAGMA max_page_count = 1000000").execute(writer).await?;
        let again = client.submit(&refused, "/en/ask", &[("step", "send")]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
        Ok(())
    }
}
