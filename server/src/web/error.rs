//! What can go wrong with a request, from one table: a stable code, a status, and a sentence in both languages.
//! Pages and the API share it; nothing internal leaves the process.

use super::Form;
use crate::knowledge::KnowledgeError;
use crate::storage::StorageError;
use app::i18n::Locale;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Unknown, or not for this visitor: the two must not be told apart.
    #[error("not found")]
    NotFound,
    /// A private link that was revoked, cut off or guessed.
    #[error("this link opens nothing")]
    DeadLink,
    /// An anonymous visitor asked for something of their own.
    #[error("sign in first")]
    SignIn,
    #[error("the request cannot be understood")]
    BadRequest,
    /// The form's token is stale; what was typed goes back.
    #[error("the form is stale")]
    Stale(Box<Form>),
    /// Another site's page sent this: it is not taken, and no button of ours finishes it.
    #[error("sent from another site")]
    Elsewhere,
    /// More bytes than the limit.
    #[error("more than {0} bytes")]
    TooLarge(u64),
    /// Seconds to wait.
    #[error("too many requests; wait {0} s")]
    TooMany(u64),
    /// The store cannot be written or reached right now; what was typed goes back.
    #[error("the store is unavailable")]
    Unavailable(Option<Box<Form>>),
    #[error("{0}")]
    Internal(anyhow::Error),
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        if error.is_passing() {
            tracing::warn!(%error, "storage unavailable");
            Self::Unavailable(None)
        } else {
            Self::Internal(error.into())
        }
    }
}

impl From<KnowledgeError> for Error {
    fn from(error: KnowledgeError) -> Self {
        match error {
            KnowledgeError::Storage(error) => error.into(),
            KnowledgeError::NotFound => Self::NotFound,
            // The forms answer what a person can mend; what gets here is a mistake of ours.
            other => Self::Internal(other.into()),
        }
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<StorageError>() {
            Ok(error) => error.into(),
            Err(error) => Self::Internal(error),
        }
    }
}

impl Error {
    /// The stable code that the API gives and documents.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound | Self::DeadLink => "not_found",
            Self::SignIn => "sign_in_required",
            Self::BadRequest => "bad_request",
            Self::Stale(_) => "stale_form",
            Self::Elsewhere => "sent_from_elsewhere",
            Self::TooLarge(_) => "too_large",
            Self::TooMany(_) => "too_many_requests",
            Self::Unavailable(_) => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::DeadLink => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Stale(_) | Self::Elsewhere => StatusCode::FORBIDDEN,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The heading of the error page.
    pub fn title(&self, locale: Locale) -> String {
        match self {
            Self::NotFound => locale.t("ページが見つかりません", "Page not found"),
            Self::DeadLink => locale.t("このリンクは使えません", "This link no longer works"),
            Self::SignIn => locale.t("サインインしてください", "Sign in first"),
            Self::BadRequest => locale.t("内容を読み取れませんでした", "We could not read that"),
            Self::Stale(_) => locale.t("もう一度送信してください", "Please send it once more"),
            Self::Elsewhere => locale.t("このページからは送信できません", "That cannot be sent from there"),
            Self::TooLarge(_) => locale.t("サイズが大きすぎます", "That is too large"),
            Self::TooMany(_) => locale.t("少し時間をおいてください", "Please wait a moment"),
            Self::Unavailable(_) => locale.t("ただいま保存できません", "We cannot save right now"),
            Self::Internal(_) => locale.t("問題が発生しました", "Something went wrong"),
        }
        .to_owned()
    }

    /// What happened, what was kept, and what to do.
    pub fn message(&self, locale: Locale) -> String {
        match self {
            Self::NotFound => locale
                .t(
                    "アドレスが変わったか、ページがなくなった可能性があります。検索するか、ホームからお探しください。",
                    "The page may have moved or gone. Try a search, or start from the home page.",
                )
                .to_owned(),
            Self::DeadLink => locale
                .t(
                    "リンクが途中で切れているか、無効になっています。いちばん新しいメールのリンクを開くか、サインインしてお問い合わせ履歴からご覧ください。",
                    "It may have been cut off or replaced. Open the link in our latest mail, or sign in to see your requests.",
                )
                .to_owned(),
            Self::SignIn => locale
                .t(
                    "サインインの期限が切れたようです。新しいタブでサインインしてから、もう一度送信してください。入力した内容は残っています。",
                    "You have been signed out. Sign in again in a new tab, then send this once more. What you typed is kept.",
                )
                .to_owned(),
            Self::BadRequest => locale
                .t(
                    "送信された内容が壊れているようです。前のページに戻って、もう一度お試しください。",
                    "What arrived seems damaged. Go back and try again.",
                )
                .to_owned(),
            Self::Stale(form) if super::errors::worth_keeping(form) => locale
                .t(
                    "ページを開いてから時間がたったため、念のため送信を止めました。入力した内容は残っています。",
                    "The page had been open for a long time, so we stopped to be safe. What you typed is kept.",
                )
                .to_owned(),
            Self::Stale(_) => locale
                .t(
                    "ページを開いてから時間がたったため、念のため止めました。前のページを開き直して、もう一度お試しください。",
                    "The page had been open for a long time, so we stopped to be safe. Open it again and try once more.",
                )
                .to_owned(),
            Self::Elsewhere => locale
                .t(
                    "別のサイトのページから送られたため、安全のために止めました。何も保存していません。ホームから開き直して、もう一度お試しください。",
                    "Another site's page sent this, so we stopped to be safe. Nothing was saved. Start again from the home page.",
                )
                .to_owned(),
            Self::TooLarge(limit) => {
                let limit = size(*limit);
                locale.t(
                    format!("一度に送れるのは{limit}までです。前のページに戻って、小さくしてからお試しください。"),
                    format!("The limit is {limit}. Go back, make it smaller and try again."),
                )
            }
            Self::TooMany(seconds) => {
                let wait = waiting_time(*seconds, locale);
                locale.t(
                    format!("試した回数が多すぎます。{wait}後に、もう一度お試しください。"),
                    format!("Too many attempts. Please try again in {wait}."),
                )
            }
            Self::Unavailable(_) => locale
                .t(
                    "一時的に保存できない状態です。記事の閲覧はできます。入力した内容を残したまま、少したってからお試しください。",
                    "Saving does not work at the moment; reading does. Keep what you typed and try again shortly.",
                )
                .to_owned(),
            Self::Internal(_) => locale
                .t(
                    "こちらの不具合です。記録しましたので、少したってからもう一度お試しください。",
                    "This is our mistake. We have recorded it; please try again shortly.",
                )
                .to_owned(),
        }
    }
}

/// "40 seconds", "3 minutes": never shorter than it is.
fn waiting_time(seconds: u64, locale: Locale) -> String {
    let plural = |count: u64| if count == 1 { "" } else { "s" };
    if seconds <= 90 {
        return locale.t(format!("{seconds}秒"), format!("{seconds} second{}", plural(seconds)));
    }
    let minutes = seconds.div_ceil(60);
    locale.t(format!("{minutes}分"), format!("{minutes} minute{}", plural(minutes)))
}

/// "10 MB", "512 KB".
pub fn size(bytes: u64) -> String {
    if bytes >= 1024 * 1024 {
        format!("{} MB", bytes / (1024 * 1024))
    } else {
        format!("{} KB", bytes.div_ceil(1024))
    }
}

impl IntoResponse for Error {
    /// Leaves the error on the response; [`super::finish`] draws it, knowing the visitor and the language.
    fn into_response(self) -> Response {
        if let Self::Internal(error) = &self {
            tracing::error!(error = format!("{error:#}"), "internal error");
        }
        let mut response = self.status().into_response();
        if let Self::TooMany(seconds) = &self {
            response.headers_mut().insert(header::RETRY_AFTER, (*seconds).into());
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

pub type Result<T = Response> = std::result::Result<T, Error>;
