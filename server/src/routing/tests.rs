//! The whole of it: requests are handled at the desk, and the next one like them is offered what they were given.

use super::history::read;
use super::memory::Memory;
use super::{Kind, Offer, note, offer, precision};
use crate::app_state::App;
use crate::desk::rules::{RuleDraft, create_rule};
use crate::desk::{By, add_tag, assign, find_request, remove_tag, set_status, undo};
use crate::identity::Actor;
use crate::storage::run;
use crate::testing::{self, Cast, Shelf, TestDb, db_test, open, question};
use app::i18n::Locale::{En, Ja};
use app::model::words::RequestStatus;

const INVOICES: [&str; 4] = [
    "The invoice has the wrong company name",
    "Our company name on the invoice, please",
    "Invoice made out to a person instead of the company",
    "Please correct the name on our invoices",
];
const DOMAINS: [&str; 4] = [
    "Certificate error on our own domain",
    "Use a subdomain behind the proxy",
    "HTTPS certificate of the domain has run out",
    "The proxy in front of our domain rejects it",
];

/// Forty English requests that were handled: invoices by Midori, solved with an article; domains by Sora.
pub(crate) async fn handled(app: &App, cast: &Cast) -> anyhow::Result<(i64, Vec<i64>)> {
    let article = Shelf(app).article(None, &[(En, "The name on invoices", "Settings, Billing.")]).await?;
    let mut requests = Vec::new();
    for n in 0..40 {
        let invoice = n % 2 == 0;
        let words = if invoice { INVOICES[n / 2 % 4] } else { DOMAINS[n / 2 % 4] };
        let subject = format!("{words} ({n})");
        let id = open(app, question(app, &cast.penny, &subject, "Thank you.")).await?.id;
        let (tag, who) = if invoice { ("invoice-name", &cast.midori) } else { ("domain", &cast.sora) };
        let now = app.clock.now();
        let mut tx = app.db.begin().await?;
        assign(&mut tx, id, Some(who.id), By::Staff(who), now).await?;
        add_tag(&mut tx, id, tag, By::Staff(who), now).await?;
        if invoice {
            testing::solve(app, &mut tx, id, who, article).await?;
        } else {
            set_status(&mut tx, id, RequestStatus::Solved, By::Staff(who), now).await?;
        }
        tx.commit().await?;
        requests.push(id);
    }
    Ok((article, requests))
}

/// Forty English requests about invoices, all of them Midori's.
async fn all_midoris(app: &App, cast: &Cast) -> anyhow::Result<()> {
    for n in 0..40 {
        let subject = format!("{} ({n})", INVOICES[n % 4]);
        let id = open(app, question(app, &cast.penny, &subject, "Thank you.")).await?.id;
        let mut tx = app.db.begin().await?;
        assign(&mut tx, id, Some(cast.midori.id), By::Staff(&cast.midori), app.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn offered(app: &App, request: i64) -> anyhow::Result<Offer> {
    let mut conn = app.db.read().await?;
    let request = find_request(&mut conn, request).await?.expect("the request is there");
    Ok(offer(app, &mut conn, &request).await?)
}

fn tags(offer: &Offer) -> Vec<&str> {
    offer.tags.iter().map(|tag| tag.what.as_str()).collect()
}

db_test!(
    async fn the_next_request_is_offered_what_those_like_it_were_given(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let (article, _) = handled(&app, &cast).await?;
        let words = "The company name on the invoice is wrong";
        let new = open(&app, question(&app, &cast.penny, words, "")).await?.id;
        assert_eq!(offered(&app, new).await?, Offer::default(), "nothing is learned yet");
        app.suggestions.turn(&app.db).await?;
        let offer = offered(&app, new).await?;
        assert_eq!(offer.article.as_ref().map(|likely| likely.what.id), Some(article));
        assert_eq!(tags(&offer), ["invoice-name"]);
        assert_eq!(offer.assignee.as_ref().map(|likely| likely.what.0), Some(cast.midori.id));
        assert!(offer.tags[0].chance > 0.8, "{}", offer.tags[0].chance);
        let nearest = &offer.similar[0];
        assert_eq!(nearest.solved_with.as_ref().map(|article| article.id), Some(article));
        assert!(offer.similar.iter().all(|similar| similar.subject != words));
        // Something else altogether, and another language, of which nothing is known.
        let other = open(&app, question(&app, &cast.penny, "Kittens enjoy yarn", "")).await?.id;
        let ja = open(&app, question(&app, &cast.hotaru, "請求書の宛名 invoice company name", "")).await?.id;
        for request in [other, ja] {
            let offer = offered(&app, request).await?;
            assert!(offer.tags.is_empty() && offer.article.is_none(), "{offer:?}");
        }
        assert_eq!((cast.penny.locale, cast.hotaru.locale), (En, Ja));
        Ok(())
    }
);

db_test!(
    async fn a_correction_is_learned_at_once_in_every_process(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let (_, requests) = handled(&app, &cast).await?;
        app.suggestions.turn(&app.db).await?;
        let replica = t.app().await?;
        replica.suggestions.turn(&replica.db).await?;
        let words = format!("{} (39)", DOMAINS[3]);
        let new = open(&app, question(&app, &cast.penny, &words, "Thank you.")).await?.id;
        assert_eq!(tags(&offered(&app, new).await?), ["domain"]);
        // Somebody looks again at the very same words from before.
        let mut tx = app.db.begin().await?;
        for request in requests.iter().skip(7).step_by(8) {
            remove_tag(&mut tx, *request, "domain", By::Staff(&cast.sora), t.clock.now()).await?;
            add_tag(&mut tx, *request, "proxy", By::Staff(&cast.sora), t.clock.now()).await?;
        }
        tx.commit().await?;
        for app in [&app, &replica] {
            let offer = offered(app, new).await?;
            assert!(!tags(&offer).contains(&"domain"), "{offer:?}");
        }
        Ok(())
    }
);

db_test!(
    async fn what_was_taken_back_or_refused_is_not_offered_again(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        handled(&app, &cast).await?;
        app.suggestions.turn(&app.db).await?;
        let new = open(&app, question(&app, &cast.penny, INVOICES[1], "")).await?.id;
        assert_eq!(tags(&offered(&app, new).await?), ["invoice-name"]);
        let by = By::Staff(&cast.midori);
        let mut tx = app.db.begin().await?;
        let event = add_tag(&mut tx, new, "invoice-name", by, t.clock.now()).await?.expect("an event");
        tx.commit().await?;
        assert!(offered(&app, new).await?.tags.is_empty(), "it is there already");
        let mut tx = app.db.begin().await?;
        undo(&mut tx, new, event, by, t.clock.now()).await?;
        tx.commit().await?;
        assert!(offered(&app, new).await?.tags.is_empty(), "somebody said no");
        Ok(())
    }
);

db_test!(
    async fn a_request_that_is_gone_is_unlearned(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let (_, requests) = handled(&app, &cast).await?;
        app.suggestions.turn(&app.db).await?;
        let new = open(&app, question(&app, &cast.penny, INVOICES[0], "")).await?.id;
        assert!(!offered(&app, new).await?.similar.is_empty());
        let mut tx = app.db.begin().await?;
        for request in &requests {
            run!(tx, "DELETE FROM request WHERE id = $1", *request)?;
        }
        tx.commit().await?;
        app.suggestions.turn(&app.db).await?;
        assert_eq!(offered(&app, new).await?, Offer::default());
        let known = |memory: &Memory| memory.texts();
        let texts = app.suggestions.with(&mut app.db.read().await?, En, known).await?;
        assert_eq!(texts, Some(1), "learned anew, from what is left");
        Ok(())
    }
);

db_test!(
    async fn people_teach_and_rules_do_not(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mut tx = app.db.begin().await?;
        let draft = RuleDraft {
            name: "Invoices".into(),
            conditions: serde_json::from_str(r#"{"words":["invoice"]}"#)?,
            actions: serde_json::from_str(&format!(
                r#"{{"add_tags":["billing","money"],"assign":{}}}"#,
                cast.sora.id
            ))?,
        };
        create_rule(&mut tx, &Actor::Person(&cast.mamoru), &draft, t.clock.now()).await?;
        tx.commit().await?;
        let id = open(&app, question(&app, &cast.penny, "My invoice", "It is wrong.")).await?.id;
        let past = read(&mut app.db.read().await?, &[id]).await?.remove(0);
        assert_eq!(past.text, "My invoice\nIt is wrong.");
        assert_eq!(past.facts, ["kind question", "tag billing", "tag money"]);
        assert_eq!((past.article, past.tags, past.assignee), (None, None, None));
        let by = By::Staff(&cast.midori);
        let mut tx = app.db.begin().await?;
        add_tag(&mut tx, id, "name", by, t.clock.now()).await?;
        remove_tag(&mut tx, id, "money", by, t.clock.now()).await?;
        assign(&mut tx, id, Some(cast.midori.id), by, t.clock.now()).await?;
        set_status(&mut tx, id, RequestStatus::Solved, by, t.clock.now()).await?;
        tx.commit().await?;
        let past = read(&mut app.db.read().await?, &[id]).await?.remove(0);
        let decided = past.tags.expect("somebody decided");
        assert_eq!((decided.wanted, decided.unknown), (vec!["name".to_owned()], vec!["billing".to_owned()]));
        assert_eq!(past.refused_tags, ["money"]);
        assert_eq!(past.assignee.map(|answer| answer.wanted), Some(vec![cast.midori.id.to_string()]));
        let article = past.article.expect("solved, without any");
        assert!(article.wanted.is_empty() && article.at == Some(t.clock.now()));
        Ok(())
    }
);

db_test!(
    async fn it_is_counted_how_often_suggestions_were_right(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = open(&app, question(&app, &cast.penny, "Invoice", "")).await?.id;
        let open_still = open(&app, question(&app, &cast.penny, "Invoice", "")).await?.id;
        let me = cast.midori.id.to_string();
        let now = t.clock.now();
        let mut tx = app.db.begin().await?;
        for request in [id, open_still] {
            let offered = [(Kind::Tag, "billing"), (Kind::Tag, "name"), (Kind::Assignee, &me)];
            note(&mut tx, request, &offered, now).await?;
            note(&mut tx, request, &offered, now + 1).await?;
        }
        let by = By::Staff(&cast.midori);
        add_tag(&mut tx, id, "billing", by, now).await?;
        assign(&mut tx, id, Some(cast.midori.id), by, now).await?;
        set_status(&mut tx, id, RequestStatus::Solved, by, now).await?;
        tx.commit().await?;
        let mut conn = app.db.read().await?;
        assert_eq!(precision(&mut conn, now).await?, (2, 3), "what is still open is not judged");
        assert_eq!(precision(&mut conn, now + 1).await?, (0, 0));
        Ok(())
    }
);

db_test!(
    async fn a_request_like_none_before_is_offered_nothing_however_usual_it_would_be(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        all_midoris(&app, &cast).await?;
        app.suggestions.turn(&app.db).await?;
        let strange = || question(&app, &cast.penny, "Kittens", "Yarn");
        let first = open(&app, strange()).await?.id;
        assert_eq!(offered(&app, first).await?.assignee, None);
        let again = open(&app, strange()).await?.id;
        assert_eq!(offered(&app, again).await?.assignee, None, "nobody decided about the first");
        let usual = open(&app, question(&app, &cast.penny, INVOICES[0], "")).await?.id;
        let usual = offered(&app, usual).await?.assignee;
        assert_eq!(usual.map(|likely| likely.what.0), Some(cast.midori.id));
        Ok(())
    }
);
