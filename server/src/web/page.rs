//! From a view to a response: the document around it, the right status, and for anonymous visitors an ETag.

use super::cache::{CachedPage, Content, Ticket};
use super::{Ctx, Error, Visitor};
use app::i18n::Locale;
use app::model::shell::Visitor as NavVisitor;
use app::model::shell::{Alternate, AssetUrls, LanguageForm, Nav, Place, PortalLook, Shell, Side, WrittenIn};
use app::shell::{Slots, document};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use std::future::Future;
use std::sync::Arc;

/// What a page says of itself; the rest of the [`Shell`] is filled in from the request.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub title: String,
    pub description: Option<String>,
    pub place: Option<Place>,
    pub body_class: &'static str,
    /// The same page in each language, as paths; empty keeps the page out of `hreflang` and search engines.
    pub alternates: Vec<(Locale, String)>,
    /// Where the language switch leads for a language that the page is not translated to.
    pub untranslated: Vec<(Locale, String)>,
    /// The form whose words the language switch takes along.
    pub written_in: Option<WrittenIn>,
    /// Where the page lives, as a path, when it is to be found by search engines.
    pub canonical: Option<String>,
    /// Open Graph type, `article` or `website`.
    pub kind: Option<&'static str>,
    pub feed: Option<String>,
    /// What search engines read: a JSON-LD object.
    pub json_ld: Option<String>,
    pub has_errors: bool,
    pub search_query: String,
    /// At the desk: the unassigned requests beside "Inbox".
    pub unassigned: Option<i64>,
}

impl Page {
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }
}

impl Ctx {
    fn shell(&self, page: Page, cached: bool) -> Shell {
        // Who is not at the desk (yet) sees no part of it: its sign-in page wears the portal's face.
        let desk = self.uri.path().starts_with("/desk") && self.visitor.is_staff();
        let settings = &self.settings;
        let visitor = match self.visitor.person() {
            None => NavVisitor::Anonymous,
            Some(person) if person.role.is_staff() => NavVisitor::Staff {
                name: person.display_name().to_owned(),
                administrator: person.role == crate::identity::Role::Administrator,
            },
            Some(person) => NavVisitor::Customer { name: person.display_name().to_owned() },
        };
        // Whoever only reads articles is told dates.
        let shows_times = desk || matches!(page.place, Some(Place::Ask | Place::MyRequests));
        let offered = |locale: &Locale| settings.locales.contains(locale);
        let indexed = page.canonical.is_some();
        let logo_url = settings.logo.as_ref().map(|key| format!("/files/{key}/logo"));
        let mut alternates = page.alternates;
        if alternates.is_empty() && !desk {
            let own = format!("/{}", self.locale.tag());
            if let Some(rest) = self.path().strip_prefix(&own) {
                alternates = Locale::ALL.map(|locale| (locale, format!("/{}{rest}", locale.tag()))).to_vec();
            }
        }
        // On a page of everybody's there is nothing to remember: its address says its language.
        let offers = if desk { Locale::ALL.to_vec() } else { settings.locales.clone() };
        let language_form =
            (alternates.is_empty() && page.untranslated.is_empty() && !cached && offers.len() > 1)
                .then(|| LanguageForm { next: self.path().to_owned(), offered: offers });
        Shell {
            language_form,
            written_in: page.written_in,
            locale: self.locale,
            origin: self.app.config.public_url.clone(),
            side: if desk { Side::Desk } else { Side::Portal },
            title: page.title,
            description: page.description,
            open_graph: page.canonical.as_ref().map(|path| app::model::shell::OpenGraph {
                kind: page.kind.unwrap_or("website").to_owned(),
                url: self.absolute(path),
                image: Some(self.absolute(logo_url.as_deref().unwrap_or("/apple-touch-icon.png"))),
            }),
            canonical: page.canonical.map(|path| self.absolute(&path)),
            alternates: alternates
                .into_iter()
                .filter(|(locale, _)| offered(locale))
                .map(|(locale, href)| Alternate { locale, href })
                .collect(),
            fallbacks: page
                .untranslated
                .into_iter()
                .filter(|(locale, _)| offered(locale))
                .map(|(locale, href)| Alternate { locale, href })
                .collect(),
            feed: page.feed,
            noindex: !indexed,
            body_class: page.body_class,
            portal: PortalLook {
                name: settings.portal_name.get(self.locale).to_owned(),
                logo_url,
                theme_css: (settings.accent != crate::settings::Settings::default().accent)
                    .then(|| format!("/theme.css?{}", settings.accent.trim_start_matches('#'))),
            },
            nav: Nav {
                visitor,
                csrf: if cached { String::new() } else { self.csrf_token() },
                here: page.place,
                unassigned: page.unassigned,
            },
            assets: AssetUrls { css: self.app.assets.url("kotae.css") },
            flash: if cached { None } else { self.take_flash() },
            has_errors: page.has_errors,
            time_zone: shows_times.then(|| self.zone_name()),
            search_query: page.search_query,
        }
    }

    /// Makes the view inside a reactive scope of its own, puts the document around it, and cleans up.
    fn html(&self, cached: bool, draw: impl FnOnce() -> (Page, AnyView)) -> String {
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        let html = owner.with(|| {
            let (mut page, view) = draw();
            // `<` is all that could end the element early; JSON has another way to write it.
            let head = page.json_ld.take().map(|json| {
                let json = json.replace('<', "\\u003c");
                view! { <script type="application/ld+json" inner_html=json></script> }.into_any()
            });
            let shell = self.shell(page, cached);
            let script = self.app.assets.bootstrap(shell.side).to_owned();
            let body = (!script.is_empty())
                .then(|| view! { <script type="module" inner_html=script></script> }.into_any());
            document(shell, Slots { head, body }, view).to_html()
        });
        owner.cleanup();
        html
    }

    /// A page for this visitor alone: never stored.
    pub fn page(&self, page: Page, view: impl FnOnce() -> AnyView) -> Response {
        self.page_with(StatusCode::OK, page, view)
    }

    /// The same, with a status: a form with mistakes is 422, a conflict 409.
    pub fn page_with(&self, status: StatusCode, page: Page, view: impl FnOnce() -> AnyView) -> Response {
        self.private(status, self.html(false, || (page, view())))
    }

    /// A page that is the same for every anonymous visitor: drawn once and kept until the knowledge changes; from
    /// then on it is answered before any handler is reached. For anybody signed in, and right after an action, it is
    /// drawn for them.
    ///
    /// `load` reads the model, `draw` makes the page of it.
    pub async fn cached_page<M, F>(
        &self,
        load: impl FnOnce() -> F,
        draw: impl FnOnce(M) -> (Page, AnyView),
    ) -> Result<Response, Error>
    where
        F: Future<Output = Result<M, Error>>,
    {
        let ticket = self.app.pages.ticket();
        let model = load().await?;
        Ok(self.cached_view(ticket, || draw(model)))
    }

    /// The same for a page whose data has been read already; `ticket` was taken before that.
    pub fn cached_view(&self, ticket: Ticket, draw: impl FnOnce() -> (Page, AnyView)) -> Response {
        let has_flash = self.cookies.read(&self.headers, super::cookies::FLASH).is_some();
        if matches!(self.visitor, Visitor::Signed(_)) || has_flash {
            return self.private(StatusCode::OK, self.html(false, draw));
        }
        let html = self.html(true, draw);
        self.keep(ticket, "text/html; charset=utf-8", Some(self.locale.tag()), html)
    }

    /// A text that is the same for everybody (a feed, a map of the site): made once, kept like a page.
    pub async fn cached_text<F>(
        &self,
        media_type: &'static str,
        make: impl FnOnce() -> F,
    ) -> Result<Response, Error>
    where
        F: Future<Output = Result<String, Error>>,
    {
        let ticket = self.app.pages.ticket();
        Ok(self.keep(ticket, media_type, None, make().await?))
    }

    fn keep(
        &self,
        ticket: Ticket,
        media_type: &'static str,
        language: Option<&'static str>,
        body: String,
    ) -> Response {
        let day = self.now.div_euclid(crate::clock::DAY);
        let content = Content { media_type, language, day, route: self.route.to_string(), body };
        let page = Arc::new(CachedPage::new(&self.app, content));
        let answer = page.answer(&self.headers);
        self.app.pages.put(ticket, self.path().to_owned(), page);
        answer
    }

    fn private(&self, status: StatusCode, html: String) -> Response {
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "private, no-store"),
            (header::CONTENT_LANGUAGE, self.locale.tag()),
        ];
        (status, headers, html).into_response()
    }

    /// Goes on with another page (303), so that reloading repeats nothing.
    pub fn redirect(&self, path: &str) -> Response {
        see_other(path)
    }
}

/// 303 to a path of this portal.
pub fn see_other(path: &str) -> Response {
    // Only paths of this portal: never `//host` or a full address.
    let safe = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    axum::response::Redirect::to(if safe { path } else { "/" }).into_response()
}
