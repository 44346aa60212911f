//! What every answer of the API can be when it is not what was asked for.

use serde::{Deserialize, Serialize};

/// `{"error": {"code": "not_found", "message": "…"}}`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    pub error: ApiError,
}

/// A stable code for programs, a sentence for people.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ApiError {
    pub code: String,
    pub message: String,
}

/// What an editor has typed so far. `article` is 0 for one that has not been saved; `locale` is `ja` or `en`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PreviewQuestion {
    #[serde(default)]
    pub article: i64,
    pub locale: String,
    #[serde(default)]
    pub title: String,
    pub body: String,
}

/// What it becomes: safe HTML.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PreviewAnswer {
    pub html: String,
}

/// A stored picture: its address, and the Markdown that shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ImageAnswer {
    pub href: String,
    pub markdown: String,
}
