//! Rules on new requests: what they do, what is written down of it, and what trying them shows.

use crate::desk::rules::{
    Actions, Conditions, Match, Rule, RuleDraft, Tried, all_rules, create_rule, delete_rule, move_rule,
    set_enabled, try_rule, update_rule,
};
use crate::desk::{Change, NewRequest, View, find_request, tags_of, thread};
use crate::identity::Actor;
use crate::storage::{all, run, value};
use crate::testing::{Cast, TestDb, db_test};
use crate::testing::{open, question};
use app::model::words::{Priority, RequestKind, RequestStatus};

fn rule(name: &str, words: &[&str], actions: Actions) -> RuleDraft {
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    RuleDraft { name: name.into(), conditions: Conditions { words, ..Conditions::default() }, actions }
}

fn tagging(tag: &str) -> Actions {
    Actions { add_tags: vec![tag.into()], ..Actions::default() }
}

db_test!(
    async fn a_new_request_is_routed_by_the_rules_and_each_is_written_down(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let now = app.clock.now();
        let mut tx = app.db.begin().await?;
        let admin = Actor::Person(&cast.mamoru);
        create_rule(&mut tx, &admin, &rule("Never", &["receipt"], tagging("never")), now).await?;
        let billing = Actions {
            group: Some(cast.groups["billing"]),
            priority: Some(Priority::High),
            ..tagging("billing")
        };
        create_rule(&mut tx, &admin, &rule("Invoices", &["invoice", "請求書"], billing), now).await?;
        let by_tag = RuleDraft {
            name: "Billing goes to Midori".into(),
            conditions: Conditions { tags: vec!["billing".into()], ..Conditions::default() },
            actions: Actions { assign: Some(cast.midori.id), stop: true, ..Actions::default() },
        };
        create_rule(&mut tx, &admin, &by_tag, now).await?;
        let always = RuleDraft {
            name: "Everything".into(),
            conditions: Conditions { mode: Match::Always, ..Conditions::default() },
            actions: tagging("late"),
        };
        create_rule(&mut tx, &admin, &always, now).await?;
        tx.commit().await?;

        let new =
            NewRequest { mail: true, ..question(&app, &cast.penny, "Our invoices", "They name a person.") };
        let opened = open(&app, new).await?;

        let mut conn = app.db.read().await?;
        let request = find_request(&mut conn, opened.id).await?.unwrap();
        assert_eq!(request.group_id, Some(cast.groups["billing"]));
        assert_eq!(request.assignee_id, Some(cast.midori.id));
        assert_eq!(request.priority, Priority::High);
        assert_eq!(request.status, RequestStatus::New, "being routed is not being taken");
        assert_eq!(tags_of(&mut conn, opened.id).await?, ["billing"], "the last rule was stopped");
        let events: Vec<_> =
            thread(&mut conn, opened.id, View::Staff).await?.into_iter().filter_map(|m| m.event).collect();
        assert_eq!(events.len(), 2);
        assert_eq!(
            events[0].rule.as_ref().map(|rule| (rule.position, rule.name.as_str())),
            Some((2, "Invoices"))
        );
        assert_eq!(events[0].changes[0], Change::TagAdded { tag: "billing".into() });
        assert_eq!(events[1].rule.as_ref().map(|rule| rule.position), Some(3));
        assert!(events[1].stopped);
        // The customer is told, and the one it was routed to.
        let mails = all!(conn, (String,), "SELECT recipient FROM mail ORDER BY id")?;
        assert_eq!(mails, [(cast.penny.email.clone(),), (cast.midori.email.clone(),)]);
        Ok(())
    }
);

db_test!(
    async fn a_rule_never_assigns_somebody_who_is_gone(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mut tx = app.db.begin().await?;
        let actions = Actions { assign: Some(cast.sora.id), group: Some(4711), ..tagging("import") };
        let now = app.clock.now();
        create_rule(&mut tx, &Actor::Person(&cast.mamoru), &rule("Import", &["import"], actions), now)
            .await?;
        run!(tx, "UPDATE person SET disabled_at = 1 WHERE id = $1", cast.sora.id)?;
        tx.commit().await?;
        let opened = open(&app, question(&app, &cast.penny, "The import stops", "At line 3000.")).await?;
        let mut conn = app.db.read().await?;
        let request = find_request(&mut conn, opened.id).await?.unwrap();
        assert_eq!((request.assignee_id, request.group_id), (None, None));
        let events: Vec<_> =
            thread(&mut conn, opened.id, View::Staff).await?.into_iter().filter_map(|m| m.event).collect();
        assert_eq!(events[0].changes, [Change::TagAdded { tag: "import".into() }]);
        Ok(())
    }
);

db_test!(
    async fn rules_keep_their_order_and_every_change_is_in_the_audit_log(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let (admin, now) = (Actor::Person(&cast.mamoru), app.clock.now());
        let mut tx = app.db.begin().await?;
        let mut made = Vec::new();
        for name in ["a", "b", "c"] {
            made.push(create_rule(&mut tx, &admin, &rule(name, &[name], tagging(name)), now).await?);
        }
        assert!(move_rule(&mut tx, &admin, made[2], true, now).await?);
        assert!(move_rule(&mut tx, &admin, made[0], true, now).await?, "the first stays the first");
        assert!(set_enabled(&mut tx, &admin, made[1], false, now).await?);
        assert!(update_rule(&mut tx, &admin, made[1], &rule("B", &["b"], tagging("b")), now).await?);
        assert!(delete_rule(&mut tx, &admin, made[0], now).await?);
        assert!(!delete_rule(&mut tx, &admin, made[0], now).await?);
        tx.commit().await?;
        let mut conn = app.db.read().await?;
        let order: Vec<_> = all_rules(&mut conn)
            .await?
            .into_iter()
            .map(|Rule { position, enabled, draft, .. }| (position, draft.name, enabled))
            .collect();
        assert_eq!(order, [(1, "c".into(), true), (2, "B".into(), false)]);
        let actions = all!(conn, (String,), "SELECT action FROM audit_entry ORDER BY id")?;
        let actions: Vec<_> = actions.iter().map(|row| row.0.as_str()).collect();
        let created = ["rule.created"; 3];
        assert_eq!(actions[..3], created);
        assert_eq!(actions[3..], ["rule.moved", "rule.disabled", "rule.changed", "rule.deleted"]);
        Ok(())
    }
);

db_test!(
    async fn trying_a_rule_shows_what_would_match_and_change_and_changes_nothing(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let now = app.clock.now();
        for (subject, kind) in [
            ("Our invoice", RequestKind::Question),
            ("A kind word about the invoice page", RequestKind::Praise),
            ("The import stops", RequestKind::Problem),
        ] {
            open(&app, NewRequest { kind, ..question(&app, &cast.penny, subject, "…") }).await?;
        }
        let mut tx = app.db.begin().await?;
        let thanks = RuleDraft {
            name: "Thanks".into(),
            conditions: Conditions { kinds: vec![RequestKind::Praise], ..Conditions::default() },
            actions: Actions { stop: true, ..tagging("thanks") },
        };
        let id = create_rule(&mut tx, &Actor::Person(&cast.mamoru), &thanks, now).await?;
        tx.commit().await?;
        let mut conn = app.db.read().await?;
        // A new rule runs last: the praise is stopped before it, which is told and changes nothing.
        let trial = try_rule(&mut conn, None, &rule("Invoices", &["invoice"], tagging("billing"))).await?;
        assert_eq!(trial.tried, 3);
        let held = |row: &Tried| row.held_by.as_ref().map(|rule| (rule.id, rule.position));
        let rows: Vec<_> =
            trial.rows.iter().map(|row| (row.subject.as_str(), row.matches, held(row))).collect();
        let praise = "A kind word about the invoice page";
        assert_eq!(rows, [(praise, true, Some((id, 1))), ("Our invoice", true, None)]);
        assert_eq!(trial.rows[0].before, trial.rows[0].after);
        assert_eq!(trial.rows[1].after.tags, ["billing"]);
        // An edited rule is tried in its own place, and what it no longer does is shown too.
        let trial = try_rule(&mut conn, Some(id), &rule("Thanks", &["import"], tagging("thanks"))).await?;
        let rows: Vec<_> = trial
            .rows
            .iter()
            .map(|row| (row.number, row.matches, row.before.tags.len(), row.after.tags.len()))
            .collect();
        assert_eq!(rows, [(3, true, 0, 1), (2, false, 1, 0)]);
        assert_eq!(value!(conn, i64, "SELECT COUNT(*) FROM request_tag")?, 0);
        Ok(())
    }
);
