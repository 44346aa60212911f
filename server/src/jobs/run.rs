//! What each kind of job does.

use super::{Job, JobError};
use crate::app_state::App;
use crate::storage::{Result, Tx};

/// Does it. Called again after a failure or a crash, so it finds out for itself what is left to do.
pub(super) async fn run(app: &App, job: &Job) -> std::result::Result<(), JobError> {
    match job {
        Job::SendMail { mail_id } => crate::mail::deliver(app, *mail_id).await,
        Job::SendLink(wish) => crate::identity::send_link(app, wish).await,
        Job::TellSolved { request_id, solved_at } => {
            crate::desk::tell_solved(app, *request_id, *solved_at).await
        }
        Job::RemoveMails { files } => crate::mail::remove_files(app, files).await,
        Job::EmptyLog {} => crate::erasure::empty_log(app).await,
        Job::CleanUp {} => {
            crate::identity::clean_up(app).await?;
            crate::search::clean_up(app).await
        }
        Job::TidyIntake {} => Ok(crate::intake::tidy(app).await?),
        Job::LearnPhrases {} => Ok(crate::learning::settle(app).await?),
        Job::Judge { cause, wished_at } => {
            crate::search::judgement::evaluate_since(app, *cause, *wished_at).await
        }
        Job::JudgeDaily {} => crate::search::judgement::evaluate_daily(app).await,
    }
}

/// What else is to be written when a job is given up, in the same transaction.
pub(super) async fn gave_up(tx: &mut Tx, job: &Job, error: &str) -> Result<()> {
    match job {
        Job::SendMail { mail_id } => crate::mail::mark_failed(tx, *mail_id, error).await,
        Job::SendLink(_)
        | Job::TellSolved { .. }
        | Job::RemoveMails { .. }
        | Job::EmptyLog {}
        | Job::CleanUp {}
        | Job::TidyIntake {}
        | Job::LearnPhrases {}
        | Job::Judge { .. }
        | Job::JudgeDaily {} => Ok(()),
    }
}
