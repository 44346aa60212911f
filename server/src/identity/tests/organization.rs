//! Belonging to an organization by mail domain.

use crate::identity::{
    Actor, OrganizationDraft, OrganizationProblem, find_organization, find_person, list_organizations,
    person_or_new, save_organization,
};
use crate::storage::{all, run};
use crate::testing::{Cast, TestDb, db_test};
use app::i18n::Locale;

const PROGRAM: Actor<'static> = Actor::Program("test");

db_test!(
    async fn whoever_writes_from_a_mail_domain_belongs_to_its_organization(t: TestDb) {
        let cast = Cast::enter(&t).await?;
        let now = t.clock.now();
        let mut tx = t.db.begin().await?;
        let new = person_or_new(&mut tx, " ＮＥＷ@Hoshizora.example", " 新人 ", Locale::Ja, now).await?;
        assert_eq!((new.email.as_str(), new.name.as_str()), ("new@hoshizora.example", "新人"));
        assert_eq!(new.organization_id, Some(cast.hoshizora));
        let stranger = person_or_new(&mut tx, "new@elsewhere.example", "", Locale::En, now).await?;
        assert_eq!(stranger.organization_id, None);
        // An address proves nothing: its name is not overwritten by whoever types it.
        let again = person_or_new(&mut tx, "new@hoshizora.example", "Somebody else", Locale::En, now).await?;
        assert_eq!(again, new);
        let named = person_or_new(&mut tx, "new@elsewhere.example", "Now named", Locale::En, now).await?;
        assert_eq!(named.name, "Now named");
        let staff = person_or_new(&mut tx, &cast.midori.email, "x", Locale::En, now).await?;
        assert_eq!(staff, cast.midori);
        Ok(())
    }
);

db_test!(
    async fn a_new_domain_takes_in_those_who_wrote_from_it_before(t: TestDb) {
        Cast::enter(&t).await?;
        let now = t.clock.now();
        let mut tx = t.db.begin().await?;
        let early = person_or_new(&mut tx, "early@new.example", "", Locale::En, now).await?;
        let other = person_or_new(&mut tx, "early@notnew.example", "", Locale::En, now).await?;
        let draft = OrganizationDraft::new(" New ", "@New.example、second.example\nnew.example");
        assert_eq!(draft.domains, ["new.example", "second.example"]);
        let id = save_organization(&mut tx, &PROGRAM, now, None, &draft).await?.unwrap().expect("an id");
        assert_eq!(find_person(&mut tx, early.id).await?.and_then(|p| p.organization_id), Some(id));
        assert_eq!(find_person(&mut tx, other.id).await?.and_then(|p| p.organization_id), None);
        let renamed = OrganizationDraft::new("Newer", "second.example");
        save_organization(&mut tx, &PROGRAM, now, Some(id), &renamed).await?.unwrap();
        let saved = find_organization(&mut tx, id).await?.expect("it is there");
        assert_eq!((saved.name.as_str(), saved.domains), ("Newer", vec!["second.example".to_owned()]));
        let lines = all!(tx, (String,), "SELECT action FROM audit_entry ORDER BY id")?;
        assert_eq!(lines, [("organization.create".to_owned(),), ("organization.change".to_owned(),)]);
        assert_eq!(
            save_organization(&mut tx, &PROGRAM, now, Some(id + 1), &renamed).await?,
            Err(vec![
                OrganizationProblem::NameTaken,
                OrganizationProblem::DomainTaken("second.example".into(), "Newer".into()),
            ])
        );
        let elsewhere = OrganizationDraft::new("Elsewhere", "");
        assert_eq!(save_organization(&mut tx, &PROGRAM, now, Some(id + 1), &elsewhere).await?, Ok(None));
        Ok(())
    }
);

db_test!(
    async fn what_cannot_be_an_organization_is_refused_by_name(t: TestDb) {
        Cast::enter(&t).await?;
        let mut tx = t.db.begin().await?;
        let mut problem = async |name: &str, domains: &str| {
            let draft = OrganizationDraft::new(name, domains);
            save_organization(&mut tx, &PROGRAM, t.clock.now(), None, &draft).await.map(Result::unwrap_err)
        };
        use OrganizationProblem as P;
        assert_eq!(problem(" ", "").await?, [P::NameMissing]);
        assert_eq!(problem("ほしぞら商店", "").await?, [P::NameTaken]);
        assert_eq!(problem("New", "gmail.com").await?, [P::OpenToAll("gmail.com".into())]);
        assert_eq!(
            problem("New", "two words.example\r\na/domain\r\nfine.example\r\ngmail.com").await?,
            [
                P::NotADomain("a/domain".into()),
                P::OpenToAll("gmail.com".into()),
                P::NotADomain("two words.example".into()),
            ],
            "every line that is wrong, and each as it was typed"
        );
        assert_eq!(
            problem("New", "hoshizora.example").await?,
            [P::DomainTaken("hoshizora.example".into(), "ほしぞら商店".into())]
        );
        Ok(())
    }
);

db_test!(
    async fn organizations_are_listed_with_their_people_and_found_by_name_or_domain(t: TestDb) {
        Cast::enter(&t).await?;
        let mut tx = t.db.begin().await?;
        run!(tx, "INSERT INTO organization (name, created_at) VALUES ('100%_sure', 1)")?;
        let names = async |tx: &mut crate::storage::Tx, search: &str| {
            list_organizations(tx, search, 1, 10).await.map(|(found, total)| {
                assert_eq!(found.len() as i64, total);
                found.into_iter().map(|o| (o.name, o.people)).collect::<Vec<_>>()
            })
        };
        assert_eq!(names(&mut tx, "").await?.len(), 3);
        assert_eq!(names(&mut tx, "ほしぞら").await?, [("ほしぞら商店".to_owned(), 2)]);
        assert_eq!(names(&mut tx, "LANTERNFISH.ex").await?, [("ランタンフィッシュ書房".to_owned(), 1)]);
        assert_eq!(names(&mut tx, "%_").await?, [("100%_sure".to_owned(), 0)], "no wild cards from outside");
        Ok(())
    }
);
