//! Being invited to the desk.

use super::newest_link;
use crate::clock::DAY;
use crate::identity::{
    Actor, InvitationProblem, NewInvitation, Role, find_person, invite, open_invitations, person_by_email,
    withdraw_invitation,
};
use crate::testing::{Cast, Client, TestDb, db_test};
use app::i18n::Locale;
use axum::http::StatusCode;

fn new(email: &str) -> NewInvitation {
    NewInvitation {
        email: email.to_owned(),
        name: "新しい人".to_owned(),
        role: Role::Cre,
        locale: Locale::Ja,
    }
}

db_test!(
    async fn whoever_accepts_an_invitation_gets_its_role_once(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mut tx = t.db.begin().await?;
        invite(&app, &mut tx, &Actor::Person(&cast.mamoru), &new("new@kotae.example"), t.clock.now())
            .await?
            .unwrap();
        tx.commit().await?;
        let link = newest_link(&app).await?;
        let browser = Client::anonymous(&app);
        let page = browser.get(&link).await;
        assert!(page.says("You join as new@kotae.example (CRE)."));
        let weak = browser.submit(&page, &link, &[("name", ""), ("password", "short")]).await;
        assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(weak.says("Enter your name."));
        let joined = browser.submit(&page, &link, &[("password", "a long enough password")]).await;
        assert_eq!(joined.location(), "/desk");
        let mut conn = t.db.read().await?;
        let person = person_by_email(&mut conn, "new@kotae.example").await?.expect("the person is there");
        assert_eq!((person.role, person.name.as_str(), person.has_password), (Role::Cre, "新しい人", true));
        assert_eq!(open_invitations(&mut conn).await?, []);
        let again = Client::anonymous(&app).get(&link).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        assert!(again.says("This invitation does not work") && !again.has_form(&link));
        Ok(())
    }
);

db_test!(
    async fn a_customer_who_is_invited_gets_the_role_only_by_accepting(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let customer = Client::signed_in_as(&app, &cast.hotaru).await?;
        let mut tx = t.db.begin().await?;
        invite(&app, &mut tx, &Actor::Person(&cast.mamoru), &new(&cast.hotaru.email), t.clock.now())
            .await?
            .unwrap();
        tx.commit().await?;
        let person = find_person(&mut t.db.read().await?, cast.hotaru.id).await?;
        assert_eq!(person.map(|person| person.role), Some(Role::Customer));
        let link = newest_link(&app).await?;
        let browser = Client::anonymous(&app);
        let page = browser.get(&link).await;
        browser.submit(&page, &link, &[("password", "a long enough password")]).await;
        // The mail link that opened the old session was no password.
        assert!(customer.get("/desk/account").await.location().starts_with("/desk/sign-in"));
        Ok(())
    }
);

db_test!(
    async fn an_invitation_ends_after_a_week_or_when_it_is_taken_back(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let actor = Actor::Person(&cast.mamoru);
        let mut tx = t.db.begin().await?;
        invite(&app, &mut tx, &actor, &new("new@kotae.example"), t.clock.now()).await?.unwrap();
        tx.commit().await?;
        let link = newest_link(&app).await?;
        t.clock.advance(7 * DAY);
        assert!(Client::anonymous(&app).get(&link).await.says("It has expired."));
        t.clock.advance(-DAY);
        let mut tx = t.db.begin().await?;
        let open = open_invitations(&mut tx).await?;
        assert!(withdraw_invitation(&mut tx, &actor, open[0].id, t.clock.now()).await?);
        assert!(!withdraw_invitation(&mut tx, &actor, open[0].id, t.clock.now()).await?);
        tx.commit().await?;
        let browser = Client::anonymous(&app);
        assert_eq!(browser.get(&link).await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

db_test!(
    async fn members_and_disabled_people_are_not_invited(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let actor = Actor::Person(&cast.mamoru);
        let mut tx = t.db.begin().await?;
        crate::storage::run!(tx, "UPDATE person SET disabled_at = 1 WHERE id = $1", cast.sora.id)?;
        let there = invite(&app, &mut tx, &actor, &new(&cast.midori.email), t.clock.now()).await?;
        assert_eq!(there, Err(InvitationProblem::AlreadyThere));
        let disabled = invite(&app, &mut tx, &actor, &new(&cast.sora.email), t.clock.now()).await?;
        assert_eq!(disabled, Err(InvitationProblem::Disabled));
        Ok(())
    }
);
