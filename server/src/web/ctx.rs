//! What every handler knows of the request it answers: the portal, the visitor, the language, the time.

use super::cookies::{self, Cookies};
use super::csrf::{self, Binding};
use super::{Error, locale};
use crate::app_state::App;
use crate::chance::token_hash;
use crate::identity::{Person, Role, Session};
use crate::search::Viewer;
use crate::settings::Settings;
use app::i18n::Locale;
use app::model::figures::Tone;
use app::model::search::LONGEST_QUERY;
use app::model::shell::{Flash, FlashAction};
use axum::extract::{FromRequestParts, MatchedPath, RawPathParams};
use axum::http::{HeaderMap, Uri, header, request::Parts};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::net::IpAddr;
use std::sync::Arc;

/// Who is looking.
#[derive(Clone, Debug, Default)]
pub enum Visitor {
    #[default]
    Anonymous,
    Signed(Box<Session>),
}

impl Visitor {
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Anonymous => None,
            Self::Signed(session) => Some(&session.person),
        }
    }

    pub fn role(&self) -> Option<Role> {
        self.person().map(|person| person.role)
    }

    pub fn is_staff(&self) -> bool {
        self.role().is_some_and(Role::is_staff)
    }
}

/// The network address a request came from; put there by the server, behind trusted proxies by the last of them.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddr(pub IpAddr);

/// An extractor: everything about the request but its body.
#[derive(Clone)]
pub struct Ctx {
    pub app: App,
    pub visitor: Visitor,
    pub locale: Locale,
    /// Path and query.
    pub uri: Uri,
    /// The route of the table that matched, for metrics; `-` where none did.
    pub route: Arc<str>,
    pub headers: HeaderMap,
    pub client: IpAddr,
    /// Milliseconds UTC; one value for the whole request.
    pub now: i64,
    pub settings: Arc<Settings>,
    pub cookies: Cookies,
}

impl FromRequestParts<App> for Ctx {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let settings = app.settings.current();
        let visitor = parts.extensions.get::<Visitor>().cloned().unwrap_or_default();
        let cookies =
            parts.extensions.get::<Cookies>().cloned().unwrap_or_else(|| Cookies::new(app.config.https()));
        // No text of ours holds U+0000, and PostgreSQL takes none.
        if parts.uri.path().contains("%00") {
            return Err(Error::NotFound);
        }
        let route = parts.extensions.get::<MatchedPath>().map_or("-", MatchedPath::as_str);
        let route: Arc<str> = route.into();
        let in_path = route.starts_with("/{locale}");
        let locale = if in_path {
            let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Error::NotFound)?;
            let tag = params.iter().find(|(name, _)| *name == "locale").map(|(_, value)| value.to_owned());
            tag.and_then(|tag| Locale::from_tag(&tag))
                .filter(|locale| settings.locales.contains(locale))
                .ok_or(Error::NotFound)?
        } else {
            // The settings say which languages customers are shown; who works at the desk reads either.
            let desk = route.starts_with("/desk") || route.starts_with("/api/v1/desk");
            let at_desk = desk && visitor.is_staff();
            let offered = if at_desk { &Locale::ALL[..] } else { &settings.locales };
            negotiate(&parts.headers, &cookies, &visitor, offered)
        };
        Ok(Self {
            app: app.clone(),
            visitor,
            locale,
            uri: parts.uri.clone(),
            route,
            headers: parts.headers.clone(),
            client: parts.extensions.get::<ClientAddr>().map_or(IpAddr::from([127, 0, 0, 1]), |addr| addr.0),
            now: app.clock.now(),
            settings,
            cookies,
        })
    }
}

/// The language of a page whose address does not say: the cookie's, the person's, the browser's, the first that is
/// offered.
fn negotiate(headers: &HeaderMap, cookies: &Cookies, visitor: &Visitor, offers: &[Locale]) -> Locale {
    let offered = |locale: &Locale| offers.contains(locale);
    let by_cookie = || cookies.read(headers, cookies::LOCALE).and_then(Locale::from_tag);
    let by_header = || {
        let header = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        locale::accepted(header, offers)
    };
    by_cookie()
        .filter(offered)
        .or_else(|| visitor.person().map(|person| person.locale).filter(offered))
        .or_else(by_header)
        .unwrap_or_else(|| offers.first().copied().unwrap_or_default())
}

impl Ctx {
    /// The signed-in person; an anonymous visitor is sent to sign in.
    pub fn person(&self) -> Result<&Person, Error> {
        self.visitor.person().ok_or(Error::SignIn)
    }

    /// A CRE or administrator; anybody else learns nothing.
    pub fn staff(&self) -> Result<&Person, Error> {
        self.visitor.person().filter(|person| person.role.is_staff()).ok_or(Error::NotFound)
    }

    /// Whom the knowledge is shown to.
    pub fn viewer(&self) -> Viewer {
        match self.visitor.person() {
            None => Viewer::Anonymous,
            Some(person) if person.role.is_staff() => Viewer::Staff,
            Some(person) => Viewer::Customer { organization: person.organization_id },
        }
    }

    /// Path and query of this request.
    pub fn path(&self) -> &str {
        self.uri.path_and_query().map_or("/", |path| path.as_str())
    }

    /// A query parameter, trimmed; empty when absent.
    pub fn query(&self, name: &str) -> String {
        self.query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.trim().to_owned())
            .unwrap_or_default()
    }

    /// What is searched for, as far as a query goes, and whether there was more.
    pub fn search_words(&self) -> (String, bool) {
        let typed = self.query("q");
        let words: String = typed.chars().take(LONGEST_QUERY).collect();
        let cut = words.len() < typed.len();
        (words.trim_end().to_owned(), cut)
    }

    /// Every query parameter, decoded; broken UTF-8 and U+0000 become U+FFFD.
    pub fn query_pairs(&self) -> impl Iterator<Item = (String, String)> {
        url::form_urlencoded::parse(self.uri.query().unwrap_or_default().as_bytes())
            .map(|(name, value)| (name.into_owned(), value.replace('\0', "\u{FFFD}")))
    }

    /// The absolute address of a path.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.app.config.public_url)
    }

    /// The visitor's random key, if the browser has one.
    pub fn visitor_key(&self) -> Option<&str> {
        self.cookies.read(&self.headers, cookies::VISITOR).filter(|key| key.len() == 43)
    }

    /// Gives the browser a visitor's key if it has none; what is stored is [`Ctx::visitor_hash`].
    pub fn ensure_visitor(&mut self) -> String {
        if let Some(key) = self.visitor_key() {
            return key.to_owned();
        }
        let key = self.app.chance.token();
        self.cookies.set(cookies::VISITOR, &key, Some(60 * 60 * 24 * 30));
        // Whatever else handles this request sees the key as if the browser had sent it.
        let cookie =
            format!("{}{}={key}", if self.app.config.https() { "__Host-" } else { "" }, cookies::VISITOR);
        if let Ok(value) = cookie.parse() {
            self.headers.append(header::COOKIE, value);
        }
        key
    }

    /// What the database knows a browser by.
    pub fn visitor_hash(&self) -> Option<String> {
        self.visitor_key().map(token_hash)
    }

    /// What a machine is known by for a day whose browser brought no key; see [`super::Machines`].
    pub async fn machine_hash(&self) -> crate::storage::Result<Option<String>> {
        if self.visitor_key().is_some() {
            return Ok(None);
        }
        let browser = self.headers.get(header::USER_AGENT).map_or(&b""[..], |value| value.as_bytes());
        let browser = String::from_utf8_lossy(browser);
        let app = &self.app;
        let hash = app.machines.hash(&app.db, &app.chance, self.now, self.client, &browser).await?;
        Ok(Some(hash))
    }

    fn binding(&self) -> Binding {
        match (&self.visitor, self.visitor_key()) {
            (Visitor::Signed(session), _) => Binding::Session(session.token_hash.clone()),
            (Visitor::Anonymous, Some(key)) => Binding::Visitor(key.to_owned()),
            (Visitor::Anonymous, None) => Binding::Everybody,
        }
    }

    /// The token for this visitor's forms. A page with a form that is not cached calls [`Ctx::ensure_visitor`] first.
    pub fn csrf_token(&self) -> String {
        csrf::token(&self.app.secret, &self.binding(), self.now)
    }

    /// The token for forms on pages that are cached for everybody.
    pub fn public_csrf_token(&self) -> String {
        csrf::token(&self.app.secret, &Binding::Everybody, self.now)
    }

    /// The token for a form on a page that is kept for everybody anonymous, and drawn for whoever is signed in.
    pub fn shared_csrf_token(&self) -> String {
        if self.visitor.person().is_some() { self.csrf_token() } else { self.public_csrf_token() }
    }

    /// Whether a token that came with this request is good. Anonymous visitors may send the public one: they carry
    /// no authority that another site could borrow.
    pub fn csrf_accepts(&self, token: &str) -> bool {
        let verify = |binding: &Binding| csrf::verify(&self.app.secret, binding, self.now, token);
        verify(&self.binding()) || (matches!(self.visitor, Visitor::Anonymous) && verify(&Binding::Everybody))
    }

    /// A sentence for the next page.
    pub fn flash(&self, ja: &str, en: &str) {
        self.set_flash(self.locale.t(ja, en), "");
    }

    /// The same with a button that takes the action back: it posts to `undo`.
    pub fn flash_with_undo(&self, ja: &str, en: &str, undo: &str) {
        self.set_flash(self.locale.t(ja, en), undo);
    }

    fn set_flash(&self, message: &str, undo: &str) {
        let value = URL_SAFE_NO_PAD.encode(format!("{undo}\n{message}"));
        let signature = self.app.secret.sign("flash", &value);
        self.cookies.set(cookies::FLASH, &format!("{value}.{signature}"), Some(60));
    }

    /// What the last action left; shown once.
    pub fn take_flash(&self) -> Option<Flash> {
        let cookie = self.cookies.read(&self.headers, cookies::FLASH)?;
        self.cookies.clear(cookies::FLASH);
        let (value, signature) = cookie.split_once('.')?;
        if !self.app.secret.verify("flash", value, signature) {
            return None;
        }
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(value).ok()?).ok()?;
        let (undo, message) = text.split_once('\n')?;
        let action = (!undo.is_empty()).then(|| FlashAction {
            label: self.locale.t("元に戻す", "Undo").to_owned(),
            href: undo.to_owned(),
            post: true,
        });
        Some(Flash { tone: Tone::Good, message: message.to_owned(), action })
    }
}
