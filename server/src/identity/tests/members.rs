//! Managing people: roles, groups, shutting out, and never the last administrator.

use super::newest_link;
use crate::identity::{
    Actor, MemberChange, MemberProblem, Role, change_member, find_member, find_person, set_disabled,
};
use crate::storage::{Db, all, run};
use crate::testing::{Cast, Client, TestDb, db_test, set_password};
use axum::http::StatusCode;

const PASSWORD: &str = "kotae-demo-2026";

async fn actions(db: &Db) -> anyhow::Result<Vec<String>> {
    let rows = all!(db.read().await?, (String,), "SELECT action FROM audit_entry ORDER BY id")?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

db_test!(
    async fn a_change_of_role_is_audited_and_ends_all_sessions(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        set_password(&app, cast.midori.id, PASSWORD).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let path = format!("/desk/people/{}", cast.midori.id);
        let page = mamoru.get(&path).await;
        assert!(page.says("答野 みどり") && page.says("お支払い"));
        let saved = mamoru.submit(&page, &path, &[("role", "administrator")]).await;
        assert_eq!(saved.location(), path);
        let member = find_member(&mut t.db.read().await?, cast.midori.id).await?.expect("there");
        assert_eq!(
            (member.role, member.groups.len()),
            (Role::Administrator, 2),
            "the groups were left as they were"
        );
        assert!(midori.get("/desk/account").await.location().starts_with("/desk/sign-in"));
        assert_eq!(actions(&t.db).await?, ["person.change"]);
        let log = mamoru.get("/desk/audit").await;
        assert!(
            log.says("メンバー・お客様の情報を変更しました 答野 みどり 役割 ： CRE から → 管理者"),
            "{}",
            log.text()
        );
        Ok(())
    }
);

db_test!(
    async fn the_last_administrator_can_neither_step_down_nor_be_shut_out(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        set_password(&app, cast.mamoru.id, PASSWORD).await?;
        set_password(&app, cast.sora.id, PASSWORD).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let path = format!("/desk/people/{}", cast.mamoru.id);
        let page = mamoru.get(&path).await;
        let refused = mamoru.submit(&page, &path, &[("role", "cre"), ("name", "まもる")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says("最後の管理者なので") && refused.body.contains("value=\"まもる\""));
        // Even another hand cannot.
        let mut tx = t.db.begin().await?;
        let by = Actor::Person(&cast.sora);
        let shut = set_disabled(&mut tx, &by, cast.mamoru.id, true, t.clock.now()).await?;
        assert_eq!(shut, Err(MemberProblem::LastAdministrator));
        // With a second administrator who can sign in, either may go, but not both.
        run!(tx, "UPDATE person SET role = 'administrator' WHERE id = $1", cast.sora.id)?;
        assert_eq!(set_disabled(&mut tx, &by, cast.mamoru.id, true, t.clock.now()).await?, Ok(()));
        let alone =
            MemberChange {
                name: "問川 そら".into(), role: Role::Cre, organization_id: None, groups: vec![]
            };
        let down = change_member(&mut tx, &by, cast.sora.id, &alone, t.clock.now()).await?;
        assert_eq!(down, Err(MemberProblem::LastAdministrator));
        assert_eq!(
            set_disabled(&mut tx, &by, cast.sora.id, true, t.clock.now()).await?,
            Err(MemberProblem::Yourself)
        );
        Ok(())
    }
);

#[tokio::test]
async fn two_administrators_who_demote_each_other_at_once_do_not_both_succeed() -> anyhow::Result<()> {
    let t = TestDb::postgres().await?;
    let app = t.app().await?;
    let cast = Cast::enter(&t).await?;
    set_password(&app, cast.mamoru.id, PASSWORD).await?;
    set_password(&app, cast.sora.id, PASSWORD).await?;
    let mut tx = t.db.begin().await?;
    run!(tx, "UPDATE person SET role = 'administrator' WHERE id = $1", cast.sora.id)?;
    tx.commit().await?;
    let demote = async |by: &crate::identity::Person, whom: i64| -> anyhow::Result<_> {
        let change =
            MemberChange { name: "x".into(), role: Role::Cre, organization_id: None, groups: vec![] };
        let mut tx = t.db.begin().await?;
        let result = change_member(&mut tx, &Actor::Person(by), whom, &change, t.clock.now()).await?;
        tx.commit().await?;
        Ok(result)
    };
    let (one, other) = tokio::join!(demote(&cast.mamoru, cast.sora.id), demote(&cast.sora, cast.mamoru.id));
    let mut results = [one?, other?];
    results.sort_by_key(Result::is_err);
    assert_eq!(results, [Ok(()), Err(MemberProblem::LastAdministrator)]);
    Ok(())
}

db_test!(
    async fn whoever_is_disabled_is_out_at_once_until_they_are_enabled(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        set_password(&app, cast.sora.id, PASSWORD).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        let path = format!("/desk/people/{}", cast.sora.id);
        let page = mamoru.get(&path).await;
        mamoru.submit(&page, &format!("{path}/disable"), &[]).await;
        assert!(sora.get("/desk/account").await.location().starts_with("/desk/sign-in"));
        let sign_in = async || {
            let browser = Client::anonymous(&app);
            let page = browser.get("/desk/sign-in").await;
            browser
                .submit(&page, "/desk/sign-in", &[("email", &cast.sora.email), ("password", PASSWORD)])
                .await
        };
        assert_eq!(sign_in().await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = mamoru.get(&path).await;
        assert!(page.says("無効") && !page.has_form(&format!("{path}/disable")));
        mamoru.submit(&page, &format!("{path}/enable"), &[]).await;
        assert_eq!(sign_in().await.location(), "/desk");
        assert_eq!(actions(&t.db).await?, ["person.disable", "person.enable"]);
        Ok(())
    }
);

db_test!(
    async fn a_customer_comes_to_the_desk_only_by_invitation(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let path = format!("/desk/people/{}", cast.hotaru.id);
        let page = mamoru.get(&path).await;
        // No such field is offered; a forged one is refused.
        assert!(!page.body.contains("name=\"role\""));
        let forged = mamoru.submit(&page, &path, &[("role", "administrator")]).await;
        assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
        let lanternfish = cast.lanternfish.to_string();
        mamoru.submit(&page, &path, &[("organization", &lanternfish)]).await;
        let person = find_person(&mut t.db.read().await?, cast.hotaru.id).await?.expect("there");
        assert_eq!((person.role, person.organization_id), (Role::Customer, Some(cast.lanternfish)));
        Ok(())
    }
);

db_test!(
    async fn an_administrator_invites_sends_again_and_takes_back(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let form = mamoru.get("/desk/people/invite").await;
        let wrong = mamoru.submit(&form, "/desk/people/invite", &[("email", "not an address")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("not an address"));
        let there = mamoru.submit(&form, "/desk/people/invite", &[("email", &cast.midori.email)]).await;
        assert!(there.says("すでにデスクのメンバーです"));
        let sent = mamoru.submit(&form, "/desk/people/invite", &[("email", "new@kotae.example")]).await;
        assert_eq!(sent.location(), "/desk/people");
        let first = newest_link(&app).await?;
        let page = mamoru.get("/desk/people").await;
        assert!(page.says("new@kotae.example"));
        let resend = |id: i64| format!("/desk/people/invitations/{id}/resend");
        mamoru.submit(&page, &resend(1), &[]).await;
        let second = newest_link(&app).await?;
        assert_ne!(first, second);
        let guest = Client::anonymous(&app);
        assert_eq!(guest.get(&first).await.status, StatusCode::NOT_FOUND, "the newer one replaces it");
        assert_eq!(guest.get(&second).await.status, StatusCode::OK);
        let page = mamoru.get("/desk/people").await;
        mamoru.submit(&page, "/desk/people/invitations/2/withdraw", &[]).await;
        assert_eq!(guest.get(&second).await.status, StatusCode::NOT_FOUND);
        assert!(!mamoru.get("/desk/people").await.says("new@kotae.example"));
        Ok(())
    }
);

db_test!(
    async fn a_member_who_lost_the_password_is_sent_a_link_by_an_administrator(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        set_password(&app, cast.sora.id, PASSWORD).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let path = format!("/desk/people/{}", cast.sora.id);
        let page = mamoru.get(&path).await;
        mamoru.submit(&page, &format!("{path}/password"), &[]).await;
        assert!(newest_link(&app).await?.starts_with("/desk/password/"));
        Ok(())
    }
);
