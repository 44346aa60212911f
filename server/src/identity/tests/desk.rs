//! Groups, organizations and the outbox at the desk, and who may see them.

use super::mails;
use crate::identity::{LinkPurpose, LinkWish, find_group, wish_for_link};
use crate::jobs::run_due;
use crate::storage::run;
use crate::testing::{Cast, Client, TestDb, db_test};
use app::i18n::Locale;
use axum::http::StatusCode;

db_test!(
    async fn cre_read_organizations_and_manage_nobody(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let organization = format!("/desk/organizations/{}", cast.hoshizora);
        let page = midori.get(&organization).await;
        assert!(page.says("夜空 ほたる") && page.says("hoshizora.example") && !page.says("編集する"));
        assert!(!page.body.contains("/desk/people/"));
        for path in [
            "/desk/people".to_owned(),
            "/desk/groups".to_owned(),
            "/desk/audit".to_owned(),
            "/desk/organizations/new".to_owned(),
            format!("{organization}/edit"),
            format!("/desk/people/{}", cast.hotaru.id),
        ] {
            assert_eq!(midori.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let hotaru = Client::signed_in_as(&app, &cast.hotaru).await?;
        assert_eq!(hotaru.get(&organization).await.status, StatusCode::NOT_FOUND);
        assert_eq!(hotaru.get("/desk/outbox").await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

db_test!(
    async fn an_organization_is_created_and_a_refused_one_keeps_what_was_typed(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let form = mamoru.get("/desk/organizations/new").await;
        let taken = [("name", "新しい会社"), ("domains", "new.example\nhoshizora.example")];
        let refused = mamoru.submit(&form, "/desk/organizations", &taken).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says("hoshizora.example は、すでに「ほしぞら商店」に登録されています。"));
        assert!(refused.body.contains("value=\"新しい会社\""));
        let saved = mamoru.submit(&refused, "/desk/organizations", &[("domains", "new.example")]).await;
        let page = mamoru.follow(saved).await;
        assert!(page.says("新しい会社") && page.says("new.example") && page.says("組織を保存しました。"));
        assert!(mamoru.get("/desk/organizations?q=new.ex").await.says("新しい会社"));
        assert!(mamoru.get("/desk/organizations?q=nowhere").await.says("見つかりませんでした"));
        assert!(mamoru.get("/desk/audit?subject=organization").await.says("組織を作りました 新しい会社"));
        assert_eq!(mamoru.get("/desk/organizations/999").await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

db_test!(
    async fn a_group_changes_its_members_and_goes_when_no_rule_needs_it(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let id = cast.groups["billing"];
        let path = format!("/desk/groups/{id}");
        let page = mamoru.get(&path).await;
        let taken = mamoru.submit(&page, &path, &[("name", "基盤")]).await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sora = cast.sora.id.to_string();
        let hotaru = cast.hotaru.id.to_string();
        let saved =
            mamoru.submit(&page, &path, &[("name", "経理"), ("members", &sora), ("members", &hotaru)]).await;
        assert_eq!(saved.location(), "/desk/groups");
        let group = find_group(&mut t.db.read().await?, id).await?.expect("there");
        assert_eq!(
            (group.name.as_str(), group.members),
            ("経理", vec![cast.sora.id]),
            "customers are no members"
        );
        let mut tx = t.db.begin().await?;
        run!(
            tx,
            "INSERT INTO rule (name, position, conditions, actions, created_at, updated_at)
             VALUES ('請求', 1, '{}', $1, 1, 1)",
            format!("{{\"group\":{id}}}")
        )?;
        tx.commit().await?;
        let page = mamoru.get(&path).await;
        let needed = mamoru.submit(&page, &format!("{path}/delete"), &[]).await;
        assert_eq!(needed.status, StatusCode::CONFLICT);
        assert!(needed.says("ルール「請求」がこのグループに割り当てています。"));
        let mut tx = t.db.begin().await?;
        run!(tx, "DELETE FROM rule")?;
        tx.commit().await?;
        let gone = mamoru.submit(&page, &format!("{path}/delete"), &[]).await;
        assert!(mamoru.follow(gone).await.says("グループを削除しました。"));
        assert_eq!(mamoru.get(&path).await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

fn wish(email: &str) -> LinkWish {
    LinkWish {
        purpose: LinkPurpose::SignIn,
        email: email.to_owned(),
        locale: Locale::Ja,
        next: String::new(),
        seed: "seed".to_owned(),
    }
}

db_test!(
    async fn sign_in_links_are_shown_only_while_the_portal_is_tried_out(t: TestDb) {
        let cast = Cast::enter(&t).await?;
        for (keys, shown) in [(&[][..], true), (&[("public_url", "https://help.example.com")][..], false)] {
            let app = t.app_with(keys).await?;
            let mut tx = t.db.begin().await?;
            wish_for_link(&mut tx, t.clock.now(), wish(&cast.hotaru.email)).await?;
            run!(tx, "DELETE FROM mail_link")?;
            tx.commit().await?;
            run_due(&app).await?;
            let midori = Client::signed_in_as(&app, &cast.midori).await?;
            let list = midori.get("/desk/outbox").await;
            assert!(list.says("Kotaeへのサインイン") && list.says("hotaru@hoshizora.example"));
            let newest = mails(&app).await?.len();
            let mail = midori.get(&format!("/desk/outbox/{newest}")).await;
            assert!(mail.says("画面の「サインイン」を押してください"));
            assert_eq!(mail.body.contains("/ja/sign-in/"), shown);
            assert_eq!(mail.says("●●●●●●●●"), !shown);
        }
        Ok(())
    }
);

db_test!(
    async fn a_link_job_that_runs_twice_sends_one_mail(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        for _ in 0..2 {
            let mut tx = t.db.begin().await?;
            wish_for_link(&mut tx, t.clock.now(), wish(&cast.hotaru.email)).await?;
            tx.commit().await?;
        }
        assert_eq!(mails(&app).await?.len(), 1);
        Ok(())
    }
);

db_test!(
    async fn a_failed_mail_is_seen_at_the_desk_and_sent_again(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mut tx = t.db.begin().await?;
        let draft = crate::mail::Draft {
            to: "nobody".to_owned(),
            locale: Locale::Ja,
            subject: "件名".to_owned(),
            blocks: vec![crate::mail::Block::text("本文")],
            request_id: None,
            secret: false,
        };
        let id = crate::mail::queue(&app, &mut tx, t.clock.now(), draft).await?;
        tx.commit().await?;
        run_due(&app).await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let list = midori.get("/desk/outbox").await;
        assert!(list.says("うまくいかなかった作業") && list.says("メールの送信"));
        let path = format!("/desk/outbox/{id}");
        let page = midori.get(&path).await;
        assert!(page.says("送信できませんでした"));
        // Somebody mends the address.
        let mut tx = t.db.begin().await?;
        run!(tx, "UPDATE mail SET recipient = 'hotaru@hoshizora.example' WHERE id = $1", id)?;
        tx.commit().await?;
        midori.submit(&page, &format!("{path}/retry"), &[]).await;
        run_due(&app).await?;
        assert!(midori.get(&path).await.says("ファイルに保存"));
        assert!(!midori.get("/desk/outbox").await.says("うまくいかなかった作業"), "nothing is left to mend");
        let again = midori.submit(&page, &format!("{path}/retry"), &[]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND, "what was delivered is not sent again");
        Ok(())
    }
);

db_test!(
    async fn a_failed_job_is_tried_again_from_the_outbox(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mut tx = t.db.begin().await?;
        run!(
            tx,
            "INSERT INTO job (kind, payload, run_at, due_at, attempts, last_error, failed_at)
             VALUES ('send_mail', '{\"mail_id\":404}', 1, 1, 16, 'it broke', 2)"
        )?;
        tx.commit().await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk/outbox").await;
        assert!(page.says("it broke") && page.says("あきらめました"));
        assert_eq!(run_due(&app).await?, 0);
        let retried = midori.submit(&page, "/desk/outbox/jobs/1/retry", &[]).await;
        assert_eq!(retried.location(), "/desk/outbox");
        assert_eq!(run_due(&app).await?, 1);
        assert!(!midori.get("/desk/outbox").await.says("it broke"));
        Ok(())
    }
);
