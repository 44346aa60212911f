//! Icons: lines of 1.75 px on a 24 px square, in the colour of the text beside them.

use leptos::prelude::*;

/// The icons there are. Each stands beside a word, or carries a label of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    Alert,
    ArrowLeft,
    ArrowRight,
    Attach,
    Bold,
    Book,
    Chart,
    Check,
    CheckCircle,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    ChevronUp,
    Clock,
    Close,
    Code,
    Copy,
    Download,
    External,
    Eye,
    File,
    Filter,
    Flag,
    Folder,
    Gear,
    Globe,
    Heart,
    History,
    Idea,
    Image,
    Inbox,
    Info,
    Keyboard,
    Link,
    List,
    Lock,
    Logout,
    Mail,
    Menu,
    Message,
    Minus,
    Moon,
    More,
    Note,
    Organization,
    Pen,
    People,
    Pin,
    Plus,
    Print,
    Question,
    Reply,
    Rocket,
    Route,
    Search,
    Send,
    Shield,
    Sort,
    Sun,
    Tag,
    Trash,
    Undo,
    Upload,
    User,
}

impl IconName {
    /// The icon of a name that an administrator chose for a category; a folder for any other.
    pub fn from_name(name: &str) -> Self {
        match name {
            "book" => Self::Book,
            "chart" => Self::Chart,
            "clock" => Self::Clock,
            "code" => Self::Code,
            "gear" => Self::Gear,
            "globe" => Self::Globe,
            "heart" => Self::Heart,
            "idea" => Self::Idea,
            "inbox" => Self::Inbox,
            "link" => Self::Link,
            "lock" => Self::Lock,
            "mail" => Self::Mail,
            "message" => Self::Message,
            "organization" => Self::Organization,
            "pen" => Self::Pen,
            "people" => Self::People,
            "question" => Self::Question,
            "rocket" => Self::Rocket,
            "route" => Self::Route,
            "search" => Self::Search,
            "shield" => Self::Shield,
            "tag" => Self::Tag,
            "user" => Self::User,
            _ => Self::Folder,
        }
    }

    /// The drawing: SVG elements inside a 24 × 24 box.
    fn drawing(self) -> &'static str {
        match self {
            Self::Alert => r#"<path d="M12 4 2.8 19.5h18.4Z"/><path d="M12 10v4.5M12 17v.1"/>"#,
            Self::ArrowLeft => r#"<path d="M20 12H4m6-6-6 6 6 6"/>"#,
            Self::ArrowRight => r#"<path d="M4 12h16m-6-6 6 6-6 6"/>"#,
            Self::Attach => {
                r#"<path d="m20 11.5-8.2 8.2a5 5 0 0 1-7-7L13 4.4a3.3 3.3 0 0 1 4.7 4.7l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.5-7.4"/>"#
            }
            Self::Bold => r#"<path d="M7 4.5h6a3.75 3.75 0 0 1 0 7.5H7Zm0 7.5h7a3.75 3.75 0 0 1 0 7.5H7Z"/>"#,
            Self::Book => {
                r#"<path d="M12 6.5C10 5 7 4.5 3 4.5v13.5c4 0 7 .5 9 2 2-1.5 5-2 9-2V4.5c-4 0-7 .5-9 2Zm0 0V20"/>"#
            }
            Self::Chart => r#"<path d="M4 4v16h16"/><path d="M8.5 16v-4M13 16V7.5M17.5 16v-6"/>"#,
            Self::Check => r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#,
            Self::CheckCircle => r#"<circle cx="12" cy="12" r="8.5"/><path d="m8.5 12.3 2.5 2.5 4.7-5"/>"#,
            Self::ChevronDown => r#"<path d="m6 9.5 6 6 6-6"/>"#,
            Self::ChevronLeft => r#"<path d="m14.5 6-6 6 6 6"/>"#,
            Self::ChevronRight => r#"<path d="m9.5 6 6 6-6 6"/>"#,
            Self::ChevronUp => r#"<path d="m6 14.5 6-6 6 6"/>"#,
            Self::Clock => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>"#,
            Self::Close => r#"<path d="m6 6 12 12M18 6 6 18"/>"#,
            Self::Code => r#"<path d="m8 7-5 5 5 5M16 7l5 5-5 5"/>"#,
            Self::Copy => {
                r#"<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2"/><path d="M15.5 8.5V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7.5a2 2 0 0 0 2 2h2.5"/>"#
            }
            Self::Download => r#"<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15"/>"#,
            Self::External => {
                r#"<path d="M13.5 4.5h6v6M19 5l-8.5 8.5M10 5.5H6a1.5 1.5 0 0 0-1.5 1.5v11A1.5 1.5 0 0 0 6 19.5h11a1.5 1.5 0 0 0 1.5-1.5v-4"/>"#
            }
            Self::Eye => {
                r#"<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="2.7"/>"#
            }
            Self::File => r#"<path d="M6 3.5h8l4.5 4.5v12.5H6ZM13.5 3.5V8.5h5"/>"#,
            Self::Filter => r#"<path d="M4 7h16M7 12h10M10 17h4"/>"#,
            Self::Flag => r#"<path d="M5.5 21V4.5c4-2 8.5 2 13 0v9.5c-4.5 2-9-2-13 0"/>"#,
            Self::Folder => {
                r#"<path d="M3.5 6.5A1.5 1.5 0 0 1 5 5h4.5l2 2.5H19a1.5 1.5 0 0 1 1.5 1.5v8.5A1.5 1.5 0 0 1 19 19H5a1.5 1.5 0 0 1-1.5-1.5Z"/>"#
            }
            Self::Gear => {
                r#"<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>"#
            }
            Self::Globe => {
                r#"<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.5 2.5 3.5 5.5 3.5 8.5s-1 6-3.5 8.5c-2.5-2.5-3.5-5.5-3.5-8.5s1-6 3.5-8.5Z"/>"#
            }
            Self::Heart => {
                r#"<path d="M12 20s-8-4.7-8-10.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8 2.5C20 15.3 12 20 12 20Z"/>"#
            }
            Self::History => {
                r#"<path d="M4 5v4.5h4.5"/><path d="M4.3 9.5A8.3 8.3 0 1 1 4 14"/><path d="M12 8v4.5l3 1.8"/>"#
            }
            Self::Idea => r#"<path d="M9 17c0-2-3-3.5-3-7.2a6 6 0 0 1 12 0c0 3.7-3 5.2-3 7.2ZM9.5 20.5h5"/>"#,
            Self::Image => {
                r#"<rect x="3.5" y="5" width="17" height="14" rx="1.5"/><circle cx="8.5" cy="10" r="1.5"/><path d="m4 17.5 5-4 3 2.5 4-4 4.5 4"/>"#
            }
            Self::Inbox => {
                r#"<path d="M4 13.5 6.5 5h11L20 13.5V19H4Zm0 0h4.5c0 2 1.5 3 3.5 3s3.5-1 3.5-3H20"/>"#
            }
            Self::Info => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.1"/>"#,
            Self::Keyboard => {
                r#"<rect x="2.5" y="6" width="19" height="12" rx="2"/><path d="M6.5 10h.1M10.2 10h.1M13.8 10h.1M17.5 10h.1M8 14h8"/>"#
            }
            Self::Link => {
                r#"<path d="M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1"/>"#
            }
            Self::List => r#"<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.1M4.5 12h.1M4.5 17.5h.1"/>"#,
            Self::Lock => {
                r#"<rect x="5" y="11" width="14" height="9" rx="1.5"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>"#
            }
            Self::Logout => r#"<path d="M10 4.5H5v15h5M14.5 8l4.5 4-4.5 4M19 12h-9"/>"#,
            Self::Mail => {
                r#"<rect x="3.5" y="5.5" width="17" height="13" rx="1.5"/><path d="m4 7 8 6 8-6"/>"#
            }
            Self::Menu => r#"<path d="M4 7h16M4 12h16M4 17h16"/>"#,
            Self::Message => r#"<path d="M4 5.5h16v11h-8.5L7 20v-3.5H4Z"/>"#,
            Self::Minus => r#"<path d="M5 12h14"/>"#,
            Self::Moon => r#"<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z"/>"#,
            Self::More => r#"<path d="M5.5 12h.1M12 12h.1M18.5 12h.1" stroke-width="2.5"/>"#,
            Self::Note => r#"<path d="M4.5 4.5h15v10l-5 5h-10ZM19.5 14.5h-5v5M8 9h8M8 12.5h4"/>"#,
            Self::Organization => {
                r#"<path d="M4.5 20V5h9v15M13.5 10h6v10M3 20h18M8 9h2M8 12.5h2M8 16h2M16.5 13.5h.1M16.5 16.5h.1"/>"#
            }
            Self::Pen => r#"<path d="m4 20 1-4.5L16.5 4 20 7.5 8.5 19Zm10-13.5 3.5 3.5"/>"#,
            Self::People => {
                r#"<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c0-3.5 3-5.5 6.5-5.5s6.5 2 6.5 5.5M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.5c2.2.8 3.5 2.5 3.5 5"/>"#
            }
            Self::Pin => r#"<path d="M9 4.5h6l-.8 6 3.3 3.5h-11L9.8 10.5ZM12 14v6.5"/>"#,
            Self::Plus => r#"<path d="M12 5v14M5 12h14"/>"#,
            Self::Print => r#"<path d="M7 9V4h10v5M7 16H4V9h16v7h-3M7 13.5h10V20H7Z"/>"#,
            Self::Question => {
                r#"<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.7a2.6 2.6 0 1 1 3.8 2.3c-.9.5-1.3 1-1.3 1.8M12 16.5v.1"/>"#
            }
            Self::Reply => r#"<path d="M10 6 4 11.5l6 5.5v-3.5c5 0 8 1.5 10 5 0-6-3.5-9.5-10-9.5Z"/>"#,
            Self::Rocket => {
                r#"<path d="M9 15c-.5-5 2-10 10.5-10.5C19.5 12.5 14.5 15.5 9 15Zm.3-5H6l-2.5 3.5L8 14M14 14.7V18l-3.5 2.5L10 16M5 17c-1 .5-1.5 2-1.5 3.5C5 20.5 6.5 20 7 19"/>"#
            }
            Self::Route => {
                r#"<circle cx="6" cy="18" r="2.5"/><circle cx="18" cy="6" r="2.5"/><path d="M15.5 6H9a3 3 0 0 0 0 6h6a3 3 0 0 1 0 6H8.5"/>"#
            }
            Self::Search => r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>"#,
            Self::Send => r#"<path d="M4 12 20.5 4 15 20.5l-3.5-7ZM11.5 13.5l9-9.5"/>"#,
            Self::Shield => {
                r#"<path d="M12 3.5c2.5 2 5 2.5 7.5 2.5 0 7-2 11.5-7.5 14.5C6.5 17.5 4.5 13 4.5 6 7 6 9.5 5.5 12 3.5Z"/>"#
            }
            Self::Sort => r#"<path d="M8 5v14m-3.5-3.5L8 19l3.5-3.5M16 19V5m-3.5 3.5L16 5l3.5 3.5"/>"#,
            Self::Sun => {
                r#"<circle cx="12" cy="12" r="4"/><path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1"/>"#
            }
            Self::Tag => r#"<path d="M4 4h8l8.5 8.5-8 8L4 12Z"/><path d="M8 8h.1" stroke-width="2.5"/>"#,
            Self::Trash => r#"<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.3 11v5.5M13.7 11v5.5"/>"#,
            Self::Undo => r#"<path d="M8.5 4.5 4 9l4.5 4.5M4 9h10a5.3 5.3 0 0 1 0 10.5H8"/>"#,
            Self::Upload => r#"<path d="M12 15V4M7.5 8.5 12 4l4.5 4.5M4.5 19.5h15"/>"#,
            Self::User => {
                r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c0-4 3.5-6 7.5-6s7.5 2 7.5 6"/>"#
            }
        }
    }
}

/// One icon. Without `label` it is hidden from screen readers, because the word beside it says the same.
#[component]
pub fn Icon(name: IconName, #[prop(optional, into)] label: Option<String>) -> AnyView {
    let hidden = label.is_none().then_some("true");
    let role = label.is_some().then_some("img");
    view! {
        <svg
            class="icon"
            viewBox="0 0 24 24"
            width="20"
            height="20"
            fill="none"
            stroke="currentColor"
            stroke-width="1.75"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden=hidden
            role=role
            aria-label=label
            inner_html=name.drawing()
        ></svg>
    }
    .into_any()
}
