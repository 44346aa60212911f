//! A browser without pictures: asks the router for pages, keeps cookies, fills in forms as they stand on the page.
//!
//! ```text
//! let midori = Client::signed_in_as(&app, &cast.midori).await?;
//! let page = midori.get("/desk/organizations").await;
//! let answer = midori.submit(&page, "/desk/organizations", &[("name", "Hoshizora")]).await;
//! assert_eq!(answer.location(), "/desk/organizations/1");
//! ```

use crate::app_state::App;
use crate::identity::{Person, open_session};
use crate::web;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};
use tower::ServiceExt;

/// One browser with its cookies.
pub struct Client {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
    language: &'static str,
    machine: String,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Client {
    /// A browser that asks for English where the address does not say.
    pub fn anonymous(app: &App) -> Self {
        Self::before(web::router(app))
    }

    /// The same before other routes than the portal's.
    pub fn before(router: Router) -> Self {
        Self { router, cookies: Mutex::default(), language: "en", machine: String::new() }
    }

    /// The same on a machine of its own, known by what its browser calls itself.
    pub fn on(app: &App, machine: &str) -> Self {
        Self { machine: machine.to_owned(), ..Self::anonymous(app) }
    }

    /// The same, with a session of that person.
    pub async fn signed_in_as(app: &App, person: &Person) -> anyhow::Result<Self> {
        let mut tx = app.db.begin().await?;
        let token = open_session(&mut tx, &app.chance, app.clock.now(), person, "Test browser").await?;
        tx.commit().await?;
        let client = Self { language: person.locale.tag(), ..Self::anonymous(app) };
        let name = if app.config.https() { "__Host-kotae_session" } else { "kotae_session" };
        client.set_cookie(name, &token);
        Ok(client)
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.jar().insert(name.to_owned(), value.to_owned());
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar().get(name).cloned()
    }

    fn jar(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Vec::new(), &[]).await
    }

    /// Posts exactly these fields, as a page of somebody else would: no token.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Method::POST, path, Some("application/x-www-form-urlencoded"), body.into(), &[]).await
    }

    /// Any request, with headers.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        content_type: Option<&str>,
        body: Vec<u8>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::USER_AGENT, &self.machine);
        let cookies: Vec<String> = self.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        // As a network brings it: in pieces.
        let pieces: Vec<_> =
            body.chunks(16 * 1024).map(|piece| Ok::<_, Infallible>(piece.to_vec())).collect();
        let body = Body::from_stream(futures::stream::iter(pieces));
        let request = request.body(body).expect("a test writes a request that can be sent");
        let response = self.router.clone().oneshot(request).await.expect("the router is infallible");
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap_or_default();
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            if let Some((name, value)) = pair.split_once('=') {
                if attributes.contains("Max-Age=0") {
                    self.jar().remove(name);
                } else {
                    self.set_cookie(name, value);
                }
            }
        }
        let body = to_bytes(body, usize::MAX).await.expect("the body of a test is in memory");
        Answer {
            path: path.to_owned(),
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// Follows a redirect; anything else stays.
    pub async fn follow(&self, answer: Answer) -> Answer {
        if answer.status.is_redirection() { self.get(answer.location()).await } else { answer }
    }

    /// Sends the form with that `action` as it stands on the page (hidden fields, token and defaults included), with
    /// these fields typed over it. A field of a button says that it was pressed.
    ///
    /// Panics when the page has no such form.
    pub async fn submit(&self, page: &Answer, action: &str, typed: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(page.form(action, typed))
            .finish();
        self.send(Method::POST, action, Some("application/x-www-form-urlencoded"), body.into(), &[]).await
    }

    /// Asks by the form with that `action` (`method="get"`) as it stands on the page, with these fields typed over it.
    pub async fn ask(&self, page: &Answer, action: &str, typed: &[(&str, &str)]) -> Answer {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(page.form(action, typed))
            .finish();
        self.get(&format!("{action}?{query}")).await
    }

    /// The same as multipart, with files: (field, file name, bytes).
    pub async fn submit_files(
        &self,
        page: &Answer,
        action: &str,
        typed: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        const BOUNDARY: &str = "----a-line-that-no-test-writes";
        let mut body = Vec::new();
        let mut part = |about: String, bytes: &[u8]| {
            body.extend_from_slice(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {about}\r\n\r\n").as_bytes(),
            );
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        };
        for (name, value) in page.form(action, typed) {
            part(format!("name=\"{name}\""), value.as_bytes());
        }
        for (field, name, bytes) in files {
            part(format!("name=\"{field}\"; filename=\"{name}\""), bytes);
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send(Method::POST, action, Some(&content_type), body, &[]).await
    }
}

impl Answer {
    /// Where a redirect leads; empty when it is none.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The words of the page as a person reads them, white space folded.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (n, part) in self.body.split('<').enumerate() {
            let words = if n == 0 { part } else { part.split_once('>').map_or("", |(_, words)| words) };
            text.push_str(words);
            if !part.starts_with('!') {
                text.push(' ');
            }
        }
        unescape(&text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// Whether there is a form with that `action`, or a button that posts a form there.
    pub fn has_form(&self, action: &str) -> bool {
        self.owner(action).is_some()
    }

    /// Every tag with the number of the form that it belongs to: the one that it names, or stands in.
    fn owned(&self) -> Vec<(Option<usize>, Tag<'_>)> {
        let forms: Vec<_> = tags(&self.body).filter(|tag| tag.name == "form").collect();
        let named = |id: String| forms.iter().position(|form| form.get("id").as_ref() == Some(&id));
        let mut begun = 0;
        let mut here = None;
        let mut owned = Vec::new();
        for tag in tags(&self.body) {
            match tag.name.as_str() {
                "form" => {
                    here = Some(begun);
                    begun += 1;
                }
                "/form" => here = None,
                _ => {}
            }
            owned.push((tag.get("form").map_or(here, named), tag));
        }
        owned
    }

    /// The form that posts there, by itself or by one of its buttons. An empty action posts to the page itself.
    fn owner(&self, action: &str) -> Option<usize> {
        let owned = self.owned();
        let form = owned.iter().find(|(_, tag)| {
            tag.name == "form" && tag.get("action").as_ref().unwrap_or(&self.path) == action
        });
        let by_button = || owned.iter().find(|(_, tag)| tag.get("formaction").as_deref() == Some(action));
        form.or_else(by_button)?.0
    }

    /// The values of all fields of that name, on the whole page.
    pub fn fields_named(&self, name: &str) -> Vec<String> {
        let values = tags(&self.body).filter(|tag| tag.get("name").as_deref() == Some(name));
        let value = |tag: Tag<'_>| match tag.name.as_str() {
            "textarea" => Some(tag.words()),
            "input" => Some(tag.get("value").unwrap_or_default()),
            _ => None,
        };
        values.filter_map(value).collect()
    }

    /// What a form would send.
    fn form(&self, action: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        let form = self.owner(action);
        assert!(form.is_some(), "no form posts to {action} on {}:\n{}", self.path, self.text());
        let mut fields: Vec<(String, String)> = Vec::new();
        // The select whose options come.
        let mut select = None;
        for (owner, tag) in self.owned() {
            match tag.name.as_str() {
                "input" if owner == form => {
                    let kind = tag.get("type").unwrap_or_default();
                    let counts = match kind.as_str() {
                        "checkbox" | "radio" => tag.get("checked").is_some(),
                        "file" | "submit" => false,
                        _ => true,
                    };
                    if let (true, Some(name)) = (counts, tag.get("name")) {
                        fields.push((name, tag.get("value").unwrap_or_default()));
                    }
                }
                "textarea" if owner == form => fields.extend(tag.get("name").map(|name| (name, tag.words()))),
                "select" => {
                    select = tag.get("name").filter(|_| owner == form);
                    fields.extend(select.clone().map(|name| (name, String::new())));
                }
                "option" if tag.get("selected").is_some() => {
                    if let Some(select) = &select {
                        fields.retain(|(name, _)| name != select);
                        fields.push((select.clone(), tag.get("value").unwrap_or_default()));
                    }
                }
                "/select" => select = None,
                _ => {}
            }
        }
        fields.retain(|(name, _)| !typed.iter().any(|(over, _)| over == name));
        fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        fields
    }
}

/// A form that people write in.
#[derive(Clone, Debug)]
pub struct Writable {
    pub action: String,
    /// It asks (`method="get"`) and changes nothing.
    pub asks: bool,
    /// Name and type of each of its fields for text, passwords aside; a name may repeat.
    pub fields: Vec<(String, String)>,
    /// The buttons of the language switch that take it along: language, where it goes, name, value.
    pub switch: Vec<(String, String, String, String)>,
}

impl Answer {
    /// Every form of the page that takes text.
    pub fn writable(&self) -> Vec<Writable> {
        let owned = self.owned();
        let forms: Vec<&Tag<'_>> =
            owned.iter().map(|(_, tag)| tag).filter(|tag| tag.name == "form").collect();
        let form = |(n, form): (usize, &&Tag<'_>)| {
            let own = || owned.iter().filter(move |(owner, _)| *owner == Some(n)).map(|(_, tag)| tag);
            let fields = own().filter_map(|tag| {
                let kind = match tag.name.as_str() {
                    "textarea" => "text".to_owned(),
                    "input" => tag.get("type").unwrap_or_else(|| "text".to_owned()),
                    _ => return None,
                };
                let typed =
                    ["text", "email", "search", "url", "number", "color", "time"].contains(&kind.as_str());
                // What people cannot reach catches robots.
                (typed && tag.get("tabindex").as_deref() != Some("-1"))
                    .then(|| Some((tag.get("name")?, kind)))?
            });
            let switch = own().filter(|tag| tag.name == "button").filter_map(|tag| {
                Some((tag.get("lang")?, tag.get("formaction")?, tag.get("name")?, tag.get("value")?))
            });
            Writable {
                action: form.get("action").unwrap_or_else(|| self.path.clone()),
                asks: form.get("method").as_deref() != Some("post"),
                fields: fields.collect(),
                switch: switch.collect(),
            }
        };
        forms.iter().enumerate().map(form).filter(|form| !form.fields.is_empty()).collect()
    }
}

/// A start or end tag with what follows it up to the next.
struct Tag<'h> {
    name: String,
    attributes: &'h str,
    rest: &'h str,
}

fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    html.split('<').skip(1).filter_map(|part| {
        let (inner, rest) = part.split_once('>')?;
        let (name, attributes) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        Some(Tag { name: name.trim_end_matches('/').to_owned(), attributes, rest })
    })
}

impl Tag<'_> {
    /// An attribute's value; empty for one without.
    fn get(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes.trim_end_matches('/');
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let key = &rest[..end];
            rest = &rest[end..];
            let mut value = "";
            if let Some(after) = rest.strip_prefix("=\"") {
                let (inside, behind) = after.split_once('"')?;
                (value, rest) = (inside, behind);
            }
            if key == name {
                return Some(unescape(value));
            }
        }
    }

    fn words(&self) -> String {
        unescape(self.rest.strip_prefix('\n').unwrap_or(self.rest))
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}
