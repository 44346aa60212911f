//! Signing in by link and by password.

use super::{mails, newest_link};
use crate::clock::MINUTE;
use crate::identity::sessions_of;
use crate::storage::run;
use crate::testing::{Answer, Cast, Client, TestDb, db_test, set_password};
use axum::http::StatusCode;

const PASSWORD: &str = "kotae-demo-2026";

/// Asks for a sign-in link as anybody would, from the page.
async fn ask(client: &Client, email: &str, next: &str) -> Answer {
    let page = client.get(&format!("/en/sign-in?next={next}")).await;
    client.submit(&page, "/en/sign-in", &[("email", email)]).await
}

async fn password(client: &Client, email: &str, password: &str) -> Answer {
    let page = client.get("/desk/sign-in").await;
    client.submit(&page, "/desk/sign-in", &[("email", email), ("password", password)]).await
}

db_test!(
    async fn a_customer_signs_in_by_a_link_that_works_once(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let browser = Client::anonymous(&app);
        let asked = ask(&browser, " Penny@Lanternfish.example ", "/en/ask").await;
        assert_eq!(asked.location(), "/en/sign-in/sent");
        assert!(
            browser.get("/en/sign-in/sent").await.says("We have sent a mail to penny@lanternfish.example.")
        );
        let link = newest_link(&app).await?;
        assert!(link.starts_with("/en/sign-in/"), "{link}");
        // Looking changes nothing, however often.
        for _ in 0..2 {
            assert_eq!(Client::anonymous(&app).get(&link).await.status, StatusCode::OK);
        }
        let page = browser.get(&link).await;
        assert!(page.says("You sign in as penny@lanternfish.example."));
        let entered = browser.submit(&page, &link, &[]).await;
        assert_eq!(entered.location(), "/en/ask", "where they came from");
        assert!(browser.get("/en/sign-in/sent").await.says("Penny Lanternfish"));
        assert_eq!(sessions_of(&mut t.db.read().await?, cast.penny.id, t.clock.now()).await?.len(), 1);
        // The page that was open in another window finds the link used.
        let thief = Client::anonymous(&app);
        let used = thief.get(&link).await;
        assert_eq!(used.status, StatusCode::NOT_FOUND);
        assert!(used.says("This link has been used") && used.body.contains("penny@lanternfish.example"));
        Ok(())
    }
);

db_test!(
    async fn a_second_click_on_the_button_ends_where_the_first_did(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let browser = Client::anonymous(&app);
        ask(&browser, &cast.penny.email, "/en/ask").await;
        let link = newest_link(&app).await?;
        let page = browser.get(&link).await;
        assert_eq!(browser.submit(&page, &link, &[]).await.location(), "/en/ask");
        // The page is still the one from before: its token was good for an anonymous visitor.
        let again = browser.submit(&page, &link, &[]).await;
        assert_eq!(again.location(), link, "{}", again.body);
        assert_eq!(browser.follow(again).await.location(), "/en/ask");
        assert_eq!(sessions_of(&mut t.db.read().await?, cast.penny.id, t.clock.now()).await?.len(), 1);
        // Somebody else who is signed in finds it used.
        let hotaru = Client::signed_in_as(&app, &cast.hotaru).await?;
        assert_eq!(hotaru.get(&link).await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

db_test!(
    async fn two_who_press_the_button_at_once_get_one_session(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&Client::anonymous(&app), &cast.penny.email, "").await;
        let link = newest_link(&app).await?;
        let (one, other) = (Client::anonymous(&app), Client::anonymous(&app));
        let (first, second) = (one.get(&link).await, other.get(&link).await);
        let (first, second) = tokio::join!(one.submit(&first, &link, &[]), other.submit(&second, &link, &[]));
        let mut ends = [first.location().to_owned(), second.location().to_owned()];
        ends.sort();
        assert_eq!(ends, ["/en/requests".to_owned(), link]);
        assert_eq!(sessions_of(&mut t.db.read().await?, cast.penny.id, t.clock.now()).await?.len(), 1);
        Ok(())
    }
);

db_test!(
    async fn a_sign_in_link_works_for_ten_minutes(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let browser = Client::anonymous(&app);
        ask(&browser, &cast.penny.email, "").await;
        let link = newest_link(&app).await?;
        t.clock.advance(10 * MINUTE - 1);
        let page = browser.get(&link).await;
        assert_eq!(page.status, StatusCode::OK);
        t.clock.advance(1);
        let late = browser.follow(browser.submit(&page, &link, &[]).await).await;
        assert!(late.says("This link has expired"));
        assert!(
            late.body.contains("value=\"penny@lanternfish.example\""),
            "the address is kept for a new one"
        );
        assert!(browser.cookie("kotae_session").is_none());
        Ok(())
    }
);

db_test!(
    async fn an_unknown_address_gets_the_same_answer_and_no_mail(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mut tx = t.db.begin().await?;
        run!(tx, "UPDATE person SET disabled_at = 1 WHERE id = $1", cast.tsumugi.id)?;
        tx.commit().await?;
        let mut pages = Vec::new();
        for email in [&cast.hotaru.email, &cast.tsumugi.email, "nobody@hoshizora.example"] {
            let browser = Client::anonymous(&app);
            let answer = ask(&browser, email, "").await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
            pages.push(browser.follow(answer).await.text().replace(email, "…"));
        }
        assert_eq!(pages[0], pages[1]);
        assert_eq!(pages[0], pages[2]);
        let recipients: Vec<_> = mails(&app).await?.into_iter().map(|mail| mail.0).collect();
        assert_eq!(recipients, [cast.hotaru.email]);
        Ok(())
    }
);

db_test!(
    async fn too_many_links_are_refused_in_the_same_words_for_known_and_unknown_addresses(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mut refusals = Vec::new();
        for email in [cast.hotaru.email.as_str(), "nobody@hoshizora.example"] {
            let browser = Client::anonymous(&app);
            let mut answer = ask(&browser, email, "").await;
            let mut sent = 0;
            while answer.status == StatusCode::SEE_OTHER && sent < 50 {
                sent += 1;
                answer = ask(&browser, email, "").await;
            }
            assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
            assert!(answer.body.contains(email), "what was typed is kept");
            refusals.push((sent, answer.text().replace(email, "…")));
        }
        assert_eq!(refusals[0], refusals[1]);
        Ok(())
    }
);

db_test!(
    async fn a_member_of_the_desk_is_told_to_use_the_password(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&Client::anonymous(&app), &cast.midori.email, "").await;
        assert_eq!(newest_link(&app).await?, "/desk/sign-in");
        Ok(())
    }
);

db_test!(
    async fn a_member_of_the_desk_signs_in_with_the_password_and_out_again(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        set_password(&app, cast.mamoru.id, PASSWORD).await?;
        let browser = Client::anonymous(&app);
        let gate = browser.get("/desk/account").await;
        assert_eq!(gate.location(), "/desk/sign-in?next=%2Fdesk%2Faccount");
        let page = browser.follow(gate).await;
        let entered = browser
            .submit(&page, "/desk/sign-in", &[("email", &cast.mamoru.email), ("password", PASSWORD)])
            .await;
        assert_eq!(entered.location(), "/desk/account");
        let session = browser.cookie("kotae_session").expect("a session");
        let page = browser.get("/desk/account").await;
        assert_eq!(page.status, StatusCode::OK);
        let out = browser.submit(&page, "/sign-out", &[]).await;
        assert_eq!(out.location(), "/desk/sign-in");
        // The cookie that was copied before is worth nothing now.
        let copy = Client::anonymous(&app);
        copy.set_cookie("kotae_session", &session);
        assert!(copy.get("/desk/account").await.location().starts_with("/desk/sign-in"));
        Ok(())
    }
);

db_test!(
    async fn wrong_and_unknown_are_told_apart_by_nobody(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        set_password(&app, cast.mamoru.id, PASSWORD).await?;
        // A customer has no way in here, even with a password of theirs.
        set_password(&app, cast.hotaru.id, PASSWORD).await?;
        let mut answers = Vec::new();
        for (email, tried) in [
            (cast.mamoru.email.as_str(), "wrong password"),
            ("nobody@kotae.example", PASSWORD),
            (cast.hotaru.email.as_str(), PASSWORD),
            (cast.sora.email.as_str(), ""),
        ] {
            let answer = password(&Client::anonymous(&app), email, tried).await;
            assert!(answer.body.contains(email) && !answer.body.contains(PASSWORD));
            answers.push((answer.status, answer.text().replace(email, "…")));
        }
        assert_eq!(answers[0].0, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answers[0].1.contains("The e-mail address or the password is not right."));
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        Ok(())
    }
);

db_test!(
    async fn guessing_locks_an_address_for_a_while_even_for_the_right_password(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        set_password(&app, cast.mamoru.id, PASSWORD).await?;
        let browser = Client::anonymous(&app);
        let mut tries = 0;
        while password(&browser, &cast.mamoru.email, "a wrong guess").await.status
            != StatusCode::TOO_MANY_REQUESTS
        {
            tries += 1;
            assert!(tries < 100, "guessing is never stopped");
        }
        let locked = password(&browser, &cast.mamoru.email, PASSWORD).await;
        assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS);
        t.clock.advance(MINUTE);
        assert_eq!(password(&browser, &cast.mamoru.email, PASSWORD).await.location(), "/desk");
        Ok(())
    }
);

db_test!(
    async fn a_forgotten_password_is_replaced_by_a_link_and_every_other_browser_is_out(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        set_password(&app, cast.mamoru.id, PASSWORD).await?;
        let elsewhere = Client::signed_in_as(&app, &cast.mamoru).await?;
        let browser = Client::anonymous(&app);
        let page = browser.get("/desk/password").await;
        let sent = browser.submit(&page, "/desk/password", &[("email", &cast.mamoru.email)]).await;
        assert_eq!(sent.location(), "/desk/password/sent");
        let link = newest_link(&app).await?;
        let page = browser.get(&link).await;
        let weak = browser.submit(&page, &link, &[("password", "short")]).await;
        assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(weak.says("Choose a password of at least 10 characters."));
        let set = browser.submit(&weak, &link, &[("password", "a new one that is long")]).await;
        assert_eq!(set.location(), "/desk");
        assert!(Client::anonymous(&app).get(&link).await.says("This link has been used"));
        assert!(elsewhere.get("/desk/account").await.location().starts_with("/desk/sign-in"));
        let old = password(&Client::anonymous(&app), &cast.mamoru.email, PASSWORD).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
        let new = password(&Client::anonymous(&app), &cast.mamoru.email, "a new one that is long").await;
        assert_eq!(new.location(), "/desk");
        Ok(())
    }
);

db_test!(
    async fn a_customers_address_gets_no_password_link(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let browser = Client::anonymous(&app);
        let page = browser.get("/desk/password").await;
        browser.submit(&page, "/desk/password", &[("email", &cast.hotaru.email)]).await;
        assert_eq!(mails(&app).await?, []);
        Ok(())
    }
);

db_test!(
    async fn signing_in_goes_on_only_within_the_portal(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        for next in ["https://evil.example", "//evil.example", "/desk/people"] {
            let browser = Client::anonymous(&app);
            let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            ask(&browser, &cast.penny.email, &next).await;
            let link = newest_link(&app).await?;
            let page = browser.get(&link).await;
            assert_eq!(browser.submit(&page, &link, &[]).await.location(), "/en/requests", "{next}");
        }
        Ok(())
    }
);

db_test!(
    async fn the_right_password_may_be_given_as_often_as_somebody_likes(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        set_password(&app, cast.mamoru.id, PASSWORD).await?;
        for n in 0..12 {
            let answer = password(&Client::anonymous(&app), &cast.mamoru.email, PASSWORD).await;
            assert_eq!(answer.location(), "/desk", "time {n}: {}", answer.text());
        }
        // Full-width letters are the same address.
        let wide: String =
            cast.mamoru
                .email
                .chars()
                .map(|c| {
                    if c.is_ascii_alphanumeric() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c }
                })
                .collect();
        assert_eq!(password(&Client::anonymous(&app), &wide, PASSWORD).await.location(), "/desk");
        let browser = Client::anonymous(&app);
        while password(&browser, &cast.mamoru.email, "a wrong guess").await.status
            != StatusCode::TOO_MANY_REQUESTS
        {}
        let locked = password(&browser, &cast.mamoru.email, PASSWORD).await;
        assert!(locked.says("Too many attempts. Please try again in 60 seconds."), "{}", locked.text());
        Ok(())
    }
);
