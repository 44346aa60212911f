//! The authorisation matrix: every route of the table × every kind of visitor.
//!
//! Four promises. The table's `Access` holds for everybody. Nobody reads words that are not theirs: each fixture
//! carries a word that occurs nowhere else, and the word is looked for in every answer to everybody. No unsafe
//! route does anything without a CSRF token. No form is stopped by the browser's own words.

use super::csrf::{self, Binding};
use super::routes::{Access, Route, routes};
use crate::app_state::App;
use crate::chance::token_hash;
use crate::desk::{self, NewRequest, StaffReply};
use crate::identity::{Actor, Person};
use crate::knowledge::{self, By, Draft, NewArticle, NewCategory};
use crate::storage::{all, value};
use crate::testing::{self, Answer, Cast, Client, TestDb, db_test};
use app::i18n::Locale;
use app::model::words::RequestKind;
use axum::http::{Method, StatusCode};

/// Words that stand in exactly one place each.
const HOTARUS_WORDS: &str = "suzumushi-in-the-evening";
const PENNYS_WORDS: &str = "anglerfish-at-dawn";
const NOTE: &str = "between-colleagues-only";
const UNPUBLISHED: &str = "not-for-readers-yet";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visitor {
    Anonymous,
    /// Customer A, who sent the request.
    Hotaru,
    /// Customer B of the same organization.
    Tsumugi,
    /// A customer of another organization, who sent one of her own.
    Penny,
    Cre,
    Administrator,
}

impl Visitor {
    const ALL: [Self; 6] =
        [Self::Anonymous, Self::Hotaru, Self::Tsumugi, Self::Penny, Self::Cre, Self::Administrator];

    fn is_staff(self) -> bool {
        matches!(self, Self::Cre | Self::Administrator)
    }

    fn person(self, cast: &Cast) -> Option<&Person> {
        match self {
            Self::Anonymous => None,
            Self::Hotaru => Some(&cast.hotaru),
            Self::Tsumugi => Some(&cast.tsumugi),
            Self::Penny => Some(&cast.penny),
            Self::Cre => Some(&cast.midori),
            Self::Administrator => Some(&cast.mamoru),
        }
    }

    fn passes(self, access: Access) -> bool {
        match access {
            Access::Public => true,
            Access::SignedIn => self != Self::Anonymous,
            Access::Cre => self.is_staff(),
            Access::Administrator => self == Self::Administrator,
        }
    }
}

/// A portal with one of everything.
struct World {
    app: App,
    cast: Cast,
    request_id: i64,
    number: i64,
    article_id: i64,
    draft_id: i64,
    rule_id: i64,
    link: String,
    file: String,
}

impl World {
    async fn build(t: &TestDb) -> anyhow::Result<Self> {
        let app = t.app().await?;
        let cast = Cast::enter(t).await?;
        let now = t.clock.now();
        let mut tx = t.db.begin().await?;
        let by = By::new(now, Actor::Person(&cast.midori));
        let shelf = NewCategory {
            slug: "shelf".into(),
            parent_id: None,
            icon: "book".into(),
            position: 1,
            texts: Locale::ALL
                .map(|locale| knowledge::CategoryText {
                    locale,
                    name: "Shelf".into(),
                    description: String::new(),
                })
                .to_vec(),
        };
        let category = knowledge::upsert_category(&mut tx, &by, &shelf).await?;
        let mut articles = Vec::new();
        for (slug, title) in [("open", "An open answer"), ("closed", UNPUBLISHED)] {
            let new = NewArticle { category_id: Some(category), owner_id: None };
            let id = knowledge::create_article(&mut tx, &by, &new).await?;
            for locale in Locale::ALL {
                let translation = knowledge::create_translation(&mut tx, &by, id, locale, slug).await?;
                let draft =
                    Draft { title: title.into(), body: format!("{title}, in full."), ..Draft::default() };
                knowledge::save_revision(&mut tx, &by, translation, None, &draft).await?;
                if slug == "open" {
                    knowledge::publish(&mut tx, &by, translation).await?;
                }
            }
            articles.push(id);
        }
        let request = |customer, words| NewRequest {
            kind: RequestKind::Question,
            subject: words,
            body: words,
            locale: Locale::Ja,
            customer,
            area_id: None,
            submit_key: None,
            attachment_ids: &[],
            intake_session_id: None,
            reply_by: None,
            now,
            mail: true,
        };
        let opened = desk::open_request(&app, &mut tx, request(&cast.hotaru, HOTARUS_WORDS)).await?;
        desk::open_request(&app, &mut tx, request(&cast.penny, PENNYS_WORDS)).await?;
        let note = StaffReply { note: true, now, ..testing::reply(&app, opened.id, &cast.sora, NOTE) };
        desk::staff_reply(&app, &mut tx, note).await?;
        let message = value!(
            tx,
            i64,
            "SELECT MIN(id) FROM message WHERE request_id = $1 AND kind = 'reply'",
            opened.id
        )?;
        let file = format!("{HOTARUS_WORDS} in a file");
        let limits = crate::intake::uploads::Limits::for_staff(&app.settings.current());
        let checked = crate::intake::uploads::check(&limits, "words.txt", file.into())
            .map_err(|refusal| anyhow::anyhow!(refusal.message(Locale::En)))?;
        let owner = crate::intake::uploads::Owner::Message(message);
        let stored = crate::intake::uploads::store(&mut tx, &app.chance, now, &owner, &checked).await?;
        let rule = desk::rules::RuleDraft { name: "A rule".into(), ..desk::rules::RuleDraft::default() };
        let rule_id = desk::rules::create_rule(&mut tx, &Actor::Program("test"), &rule, now).await?;
        tx.commit().await?;
        let link = desk::private_link(&app, opened.id, opened.link_version);
        Ok(Self {
            request_id: opened.id,
            number: opened.number,
            article_id: articles[0],
            draft_id: articles[1],
            rule_id,
            link,
            file: stored.href(),
            app,
            cast,
        })
    }

    async fn client(&self, visitor: Visitor) -> anyhow::Result<Client> {
        match visitor.person(&self.cast) {
            None => Ok(Client::anonymous(&self.app)),
            Some(person) => Client::signed_in_as(&self.app, person).await,
        }
    }

    /// The addresses to try a route at: Hotaru's request, and both a published article and a draft.
    fn addresses(&self, route: &Route) -> Vec<String> {
        if route.path.starts_with("/files/") {
            return vec![self.file.clone()];
        }
        let mut addresses = vec![String::new()];
        for part in route.path.split('/').skip(1) {
            let choices: Vec<String> = match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                None => vec![part.to_owned()],
                Some(name) => self.values(route.path, name.trim_start_matches('*')),
            };
            addresses = addresses
                .iter()
                .flat_map(|address| choices.iter().map(move |choice| format!("{address}/{choice}")))
                .collect();
        }
        addresses
    }

    fn values(&self, path: &str, name: &str) -> Vec<String> {
        let both = || vec![self.article_id.to_string(), self.draft_id.to_string()];
        match name {
            "locale" => vec!["ja".into()],
            "slug" if path.contains("categories") => vec!["shelf".into()],
            "slug" => vec!["open".into(), "closed".into()],
            "number" => vec![self.number.to_string()],
            "token" if path.contains("/r/") => vec![self.link.clone()],
            "token" | "key" => vec!["guessed".into()],
            "article" | "article_id" => both(),
            "id" if path.contains("articles") => both(),
            "id" if path.contains("rules") => vec![self.rule_id.to_string()],
            "id" if path.contains("people") => vec![self.cast.hotaru.id.to_string()],
            "id" if path.contains("organizations") => vec![self.cast.hoshizora.to_string()],
            "id" if path.contains("requests") => vec![self.request_id.to_string()],
            _ => vec!["1".into()],
        }
    }

    fn token(&self, client: &Client, visitor: Visitor) -> String {
        let binding = match client.cookie("kotae_session") {
            Some(token) if visitor != Visitor::Anonymous => Binding::Session(token_hash(&token)),
            _ => Binding::Everybody,
        };
        csrf::token(&self.app.secret, &binding, self.app.clock.now())
    }
}

/// Words in an answer that its reader must not see.
fn leaks(visitor: Visitor, path: &str, answer: &Answer) -> Vec<&'static str> {
    // Whoever holds the private link is its customer.
    let holds_link = path.contains("/r/");
    let may = |word| match word {
        HOTARUS_WORDS => visitor.is_staff() || visitor == Visitor::Hotaru || holds_link,
        PENNYS_WORDS => visitor.is_staff() || visitor == Visitor::Penny,
        _ => visitor.is_staff(),
    };
    [HOTARUS_WORDS, PENNYS_WORDS, NOTE, UNPUBLISHED]
        .into_iter()
        .filter(|word| !may(word) && answer.body.contains(word))
        .collect()
}

/// The forms of a page that a browser would stop with words of its own before ours are asked: they take what is typed,
/// and leave the checks to the browser.
fn checked_by_the_browser(answer: &Answer) -> Vec<&str> {
    let forms = answer.body.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next());
    let takes_words = |form: &&str| {
        let typed = |input: &str| {
            let tag = input.split('>').next().unwrap_or_default();
            !tag.contains("type=\"hidden\"")
        };
        form.contains("<textarea") || form.contains("<select") || form.split("<input").skip(1).any(typed)
    };
    let tag = |form: &'_ str| form.find('>').unwrap_or(form.len());
    forms
        .filter(takes_words)
        .map(|form| &form[..tag(form)])
        .filter(|tag| tag.contains("method=\"post\"") && !tag.contains("novalidate"))
        .collect()
}

/// What is wrong with an answer; empty when nothing is.
fn verdict(route: &Route, path: &str, visitor: Visitor, answer: &Answer) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut note = |text: String| wrong.push(format!("{} {path} as {visitor:?}: {text}", route.method));
    if answer.status.is_server_error() {
        note(format!("answered {}", answer.status));
    }
    for word in leaks(visitor, path, answer) {
        note(format!("shows {word:?}"));
    }
    for form in checked_by_the_browser(answer) {
        note(format!("lets the browser check the form{form}"));
    }
    if !visitor.passes(route.access) {
        let sent_to_sign_in =
            answer.status == StatusCode::SEE_OTHER && answer.location().contains("/sign-in");
        let hidden = matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::UNAUTHORIZED);
        if !(hidden || (visitor == Visitor::Anonymous && sent_to_sign_in)) {
            note(format!("was let in with {}", answer.status));
        }
    } else if visitor.is_staff() && matches!(route.access, Access::Cre | Access::Administrator) {
        let sent_away = answer.status.is_redirection() && answer.location().contains("/sign-in");
        if answer.status == StatusCode::UNAUTHORIZED || sent_away {
            note("was sent away".into());
        }
    }
    wrong
}

db_test!(
    async fn every_page_is_shown_to_those_who_may_see_it_and_to_nobody_else(t: TestDb) {
        let world = World::build(&t).await?;
        let mut wrong = Vec::new();
        let mut tried = 0;
        for route in routes().into_iter().filter(|route| route.method == Method::GET) {
            for path in world.addresses(&route) {
                for visitor in Visitor::ALL {
                    let answer = world.client(visitor).await?.get(&path).await;
                    wrong.extend(verdict(&route, &path, visitor, &answer));
                    tried += 1;
                }
            }
        }
        assert!(tried > 100, "the table has shrunk to {tried} answers");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        Ok(())
    }
);

/// A fresh world for each, because what is posted may change it.
#[tokio::test]
async fn nothing_is_changed_without_a_token_nor_by_those_who_may_not() -> anyhow::Result<()> {
    let mut wrong = Vec::new();
    for route in routes().into_iter().filter(|route| route.method != Method::GET) {
        let t = TestDb::sqlite().await?;
        let world = World::build(&t).await?;
        for path in world.addresses(&route) {
            for visitor in Visitor::ALL {
                let client = world.client(visitor).await?;
                let bare = client.post(&path, &[]).await;
                if bare.status.is_success() || (bare.status.is_redirection() && visitor.passes(route.access))
                {
                    wrong.push(format!("POST {path} as {visitor:?}: {} without a token", bare.status));
                }
                wrong.extend(verdict(&route, &path, visitor, &bare));
                let token = world.token(&client, visitor);
                let answer = if path.starts_with("/api/") {
                    let headers = [(csrf::HEADER, token.as_str())];
                    client.send(Method::POST, &path, Some("application/json"), b"{}".to_vec(), &headers).await
                } else {
                    client.post(&path, &[(csrf::FIELD, &token)]).await
                };
                wrong.extend(verdict(&route, &path, visitor, &answer));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

db_test!(
    async fn no_mail_tells_its_reader_what_no_page_would(t: TestDb) {
        let world = World::build(&t).await?;
        let World { app, cast, .. } = &world;
        let now = t.clock.now();
        let mut tx = t.db.begin().await?;
        let before = desk::find_request(&mut tx, world.request_id).await?.expect("there");
        let reply = |note, body| StaffReply {
            note,
            mail: true,
            now,
            ..testing::reply(app, world.request_id, &cast.sora, body)
        };
        desk::staff_reply(app, &mut tx, reply(true, NOTE)).await?;
        desk::staff_reply(app, &mut tx, reply(false, "In public.")).await?;
        desk::assign(&mut tx, before.id, Some(cast.midori.id), desk::By::Staff(&cast.sora), now).await?;
        desk::handed_over(app, &mut tx, &before, &cast.sora, now).await?;
        tx.commit().await?;
        let sql = "SELECT recipient, subject, body_text, body_html FROM mail";
        let mails = all!(app.db.read().await?, (String, String, String, String), sql)?;
        let to = |person: &Person| mails.iter().filter(|mail| mail.0 == person.email).count();
        assert_eq!((to(&cast.hotaru), to(&cast.penny), to(&cast.midori)), (2, 1, 1));
        for (recipient, subject, text, html) in &mails {
            let says = |word| [subject, text, html].iter().any(|part| part.contains(word));
            assert!(!says(NOTE) && !says(UNPUBLISHED), "{recipient} is told what stays between colleagues");
            assert!(*recipient != cast.penny.email || !says(HOTARUS_WORDS));
            assert!(*recipient == cast.penny.email || !says(PENNYS_WORDS));
        }
        Ok(())
    }
);

db_test!(
    async fn a_colleague_and_a_stranger_are_told_the_same_of_a_request(t: TestDb) {
        let world = World::build(&t).await?;
        let path = format!("/ja/requests/{}", world.number);
        let theirs = format!("requests/{}\"", world.number);
        assert_eq!(world.client(Visitor::Hotaru).await?.get(&path).await.status, StatusCode::OK);
        for visitor in [Visitor::Tsumugi, Visitor::Penny] {
            let client = world.client(visitor).await?;
            let forbidden = client.get(&path).await;
            let unknown = client.get("/ja/requests/999999").await;
            assert_eq!(forbidden.status, StatusCode::NOT_FOUND);
            assert_eq!(forbidden.body.replace(&theirs, ""), unknown.body.replace("requests/999999\"", ""));
        }
        Ok(())
    }
);
