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
