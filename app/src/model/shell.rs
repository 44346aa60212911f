//! What surrounds every page: the head of the document, the header, the navigation and the footer.

use super::figures::Tone;
use crate::i18n::Locale;

/// Everything that the document around a page needs.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    pub locale: Locale,
    /// The public address, `https://help.example.com`, for what search engines read. What people press are paths: they
    /// stay on the address that they came by.
    pub origin: String,
    pub side: Side,
    /// The page's own title; the portal's name is added behind it.
    pub title: String,
    pub description: Option<String>,
    /// The absolute address that search engines should keep.
    pub canonical: Option<String>,
    /// The same page in each language: what the language switch links to, and `hreflang` where it is public.
    pub alternates: Vec<Alternate>,
    /// Where the language switch leads for languages that the page is not translated to.
    pub fallbacks: Vec<Alternate>,
    /// The language switch of a page whose address does not say its language.
    pub language_form: Option<LanguageForm>,
    /// The form whose words go along to another language.
    pub written_in: Option<WrittenIn>,
    pub open_graph: Option<OpenGraph>,
    /// Atom feed of this page.
    pub feed: Option<String>,
    /// Keeps the page out of search engines: every page that is not published knowledge.
    pub noindex: bool,
    /// Extra class on `body`: `home` and `searching` have a search box on the page, and none in the header.
    pub body_class: &'static str,
    pub portal: PortalLook,
    pub nav: Nav,
    pub assets: AssetUrls,
    /// What the last action did; shown once, above the page.
    pub flash: Option<Flash>,
    /// The form on the page has errors: the title begins with "Error:" / 「エラー：」.
    pub has_errors: bool,
    /// What stands in the header's search box.
    pub search_query: String,
    /// In whose time the page's moments are written, 「日本時間」; `None` where it shows none.
    pub time_zone: Option<String>,
}

impl Shell {
    /// What the language switch links to.
    pub fn languages(&self) -> Vec<Alternate> {
        [self.alternates.as_slice(), self.fallbacks.as_slice()].concat()
    }
}

/// A form that somebody may have begun to fill when they press the language switch: it is sent, and comes back in the
/// other language as it was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenIn {
    /// The form's id.
    pub form: &'static str,
    /// Where it goes with the language in `read_in`. `None` where the address says the language: then it goes to the
    /// page's own address in that language, with the step "edit".
    pub action: Option<String>,
    /// Name and value of the button that Enter presses in the form, if it has any: the language switch stands before all
    /// others of its buttons, and must not be pressed by that.
    pub enter: Option<(&'static str, &'static str)>,
}

impl WrittenIn {
    /// A form on a page whose address says its language.
    pub fn addressed(form: &'static str) -> Self {
        Self { form, action: None, enter: None }
    }

    /// A form that asks, on such a page: it is asked in the other language.
    pub fn asked(form: &'static str, action: &str) -> Self {
        Self { form, action: Some(action.to_owned()), enter: None }
    }

    /// A form on a page of the desk, which is read in a remembered language.
    pub fn remembered(form: &'static str, action: String, enter: (&'static str, &'static str)) -> Self {
        Self { form, action: Some(action), enter: Some(enter) }
    }
}

/// Which of the two faces a page belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// The customers' side: calm, wide margins.
    #[default]
    Portal,
    /// The CRE's side: dense, with the navigation at the side.
    Desk,
}

/// One page in one language.
#[derive(Clone, Debug)]
pub struct Alternate {
    pub locale: Locale,
    pub href: String,
}

/// Remembers another language, and comes back.
#[derive(Clone, Debug, Default)]
pub struct LanguageForm {
    /// The page to come back to: path and query.
    pub next: String,
    /// Every language of the portal.
    pub offered: Vec<Locale>,
}

/// What a link to this page shows elsewhere.
#[derive(Clone, Debug, Default)]
pub struct OpenGraph {
    /// `article` or `website`.
    pub kind: String,
    /// Absolute address.
    pub url: String,
    /// Absolute address of a picture.
    pub image: Option<String>,
}

/// The portal as its administrator dressed it.
#[derive(Clone, Debug)]
pub struct PortalLook {
    pub name: String,
    /// Replaces the ring; shown 28 px high.
    pub logo_url: Option<String>,
    /// Address of the generated stylesheet that sets `--accent`; `None` leaves 藍.
    pub theme_css: Option<String>,
}

impl Default for PortalLook {
    fn default() -> Self {
        Self { name: "Kotae".into(), logo_url: None, theme_css: None }
    }
}

/// Who is looking, and where they are.
#[derive(Clone, Debug, Default)]
pub struct Nav {
    pub visitor: Visitor,
    /// The token for the sign-out form; empty for anonymous visitors of cached pages.
    pub csrf: String,
    /// The entry of the navigation that this page belongs to.
    pub here: Option<Place>,
    /// Unassigned requests, shown beside "Inbox" at the desk.
    pub unassigned: Option<i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Visitor {
    #[default]
    Anonymous,
    Customer {
        name: String,
    },
    Staff {
        name: String,
        administrator: bool,
    },
}

/// The entries of both navigations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Ask,
    MyRequests,
    Inbox,
    Articles,
    Categories,
    Deflection,
    Search,
    People,
    Organizations,
    Rules,
    Settings,
    Outbox,
    Audit,
}

impl Place {
    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Ask => locale.t("質問する", "Ask us"),
            Self::MyRequests => locale.t("お問い合わせ履歴", "My requests"),
            Self::Inbox => locale.t("受信箱", "Inbox"),
            Self::Articles => locale.t("記事", "Articles"),
            Self::Categories => locale.t("カテゴリー", "Categories"),
            Self::Deflection => locale.t("自己解決", "Deflection"),
            Self::Search => locale.t("検索", "Search"),
            Self::People => locale.t("メンバー", "People"),
            Self::Organizations => locale.t("組織", "Organizations"),
            Self::Rules => locale.t("ルール", "Rules"),
            Self::Settings => locale.t("設定", "Settings"),
            Self::Outbox => locale.t("送信メール", "Outbox"),
            Self::Audit => locale.t("監査ログ", "Audit log"),
        }
    }

    pub fn href(self, locale: Locale) -> String {
        match self {
            Self::Ask => format!("/{}/ask", locale.tag()),
            Self::MyRequests => format!("/{}/requests", locale.tag()),
            Self::Inbox => "/desk".into(),
            Self::Articles => "/desk/articles".into(),
            Self::Categories => "/desk/categories".into(),
            Self::Deflection => "/desk/deflection".into(),
            Self::Search => "/desk/search".into(),
            Self::People => "/desk/people".into(),
            Self::Organizations => "/desk/organizations".into(),
            Self::Rules => "/desk/settings/rules".into(),
            Self::Settings => "/desk/settings".into(),
            Self::Outbox => "/desk/outbox".into(),
            Self::Audit => "/desk/audit".into(),
        }
    }
}

/// Addresses of the built files, with the hash of their content in them.
#[derive(Clone, Debug)]
pub struct AssetUrls {
    pub css: String,
}

impl Default for AssetUrls {
    fn default() -> Self {
        Self { css: "/assets/main.css".into() }
    }
}

/// One sentence about what just happened.
#[derive(Clone, Debug)]
pub struct Flash {
    pub tone: Tone,
    pub message: String,
    pub action: Option<FlashAction>,
}

/// What can be done about it: "Undo", "Open the article".
#[derive(Clone, Debug)]
pub struct FlashAction {
    pub label: String,
    pub href: String,
    /// A button that posts (with the CSRF token) instead of a link.
    pub post: bool,
}
