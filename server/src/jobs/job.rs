//! The kinds of jobs, and how they fail.

use crate::clock::HOUR;
use crate::identity::LinkWish;
use crate::search::judgement::Cause;
use serde::{Deserialize, Serialize};

/// What is to be done, as it stands in the table: `kind` and a JSON object.
///
/// A new kind is a variant here and an arm in `run.rs`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload", rename_all = "snake_case")]
pub enum Job {
    /// Deliver one row of `mail`.
    SendMail { mail_id: i64 },
    /// Send a link to sign in or to set a password, if the address is known.
    SendLink(LinkWish),
    /// Tell a customer that their request was solved without a word, if it still is.
    TellSolved { request_id: i64, solved_at: i64 },
    /// Remove files from the outbox folder.
    RemoveMails { files: Vec<String> },
    /// Empty the log of a SQLite database: somebody's words were erased, and still stand there.
    EmptyLog {},
    /// Remove sessions and mail links that ended long ago, old searches, and changes that were followed long ago.
    CleanUp {},
    /// Settle visits to the form, remove uploads whose form never came.
    TidyIntake {},
    /// Turn what solved requests and visits into search phrases.
    LearnPhrases {},
    /// Evaluate the judgement list, unless that was done after `wished_at` (milliseconds).
    Judge { cause: Cause, wished_at: i64 },
    /// Evaluate it if nothing else did for a day.
    JudgeDaily {},
}

impl Job {
    /// Jobs that are always under way: each comes back after its period.
    pub const PERIODIC: [Self; 4] =
        [Self::CleanUp {}, Self::TidyIntake {}, Self::LearnPhrases {}, Self::JudgeDaily {}];

    /// How long after a run the next one is due (milliseconds); `None` for jobs that are done once.
    pub fn period(&self) -> Option<i64> {
        match self {
            Self::SendMail { .. }
            | Self::SendLink(_)
            | Self::TellSolved { .. }
            | Self::RemoveMails { .. }
            | Self::EmptyLog {}
            | Self::Judge { .. } => None,
            Self::CleanUp {} | Self::TidyIntake {} | Self::LearnPhrases {} | Self::JudgeDaily {} => {
                Some(HOUR)
            }
        }
    }

    /// At most one job of this name is under way; asking for it again changes nothing.
    pub fn dedup(&self) -> Option<String> {
        match self {
            Self::SendMail { mail_id } => Some(format!("send_mail {mail_id}")),
            Self::TellSolved { request_id, solved_at } => {
                Some(format!("tell_solved {request_id} {solved_at}"))
            }
            // Every wish is one of its own; the rate limit keeps them few.
            Self::SendLink(_) | Self::RemoveMails { .. } => None,
            // One that is under way may have begun before the latest erasure.
            Self::EmptyLog {} => None,
            // Wishes of one moment are one; an evaluation that is under way may have begun before a later change.
            Self::Judge { wished_at, .. } => Some(format!("judge {wished_at}")),
            Self::CleanUp {} => Some("clean_up".to_owned()),
            Self::TidyIntake {} => Some("tidy_intake".to_owned()),
            Self::LearnPhrases {} => Some("learn_phrases".to_owned()),
            Self::JudgeDaily {} => Some("judge_daily".to_owned()),
        }
    }
}

/// Why a job did not get done, said by the job: whether a later try may go better. The text is shown at the desk and
/// logged, so it holds no customer's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    #[error("{0}")]
    Retry(String),
    #[error("{0}")]
    GiveUp(String),
}

impl From<crate::storage::StorageError> for JobError {
    fn from(error: crate::storage::StorageError) -> Self {
        Self::Retry(error.to_string())
    }
}
