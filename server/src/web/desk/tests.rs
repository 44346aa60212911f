//! The desk's pages, asked for as a browser would.

mod audit;
mod inbox;
mod language;
mod reply;
mod request;
mod rules;

use crate::app_state::App;
use crate::desk::{NewRequest, Opened, open_request};
use crate::identity::Person;
use app::model::words::RequestKind;

/// A question that has come in.
async fn ask(app: &App, customer: &Person, subject: &str, body: &str) -> anyhow::Result<Opened> {
    let mut tx = app.db.begin().await?;
    let new = NewRequest {
        kind: RequestKind::Question,
        subject,
        body,
        locale: customer.locale,
        customer,
        area_id: None,
        submit_key: None,
        attachment_ids: &[],
        intake_session_id: None,
        reply_by: None,
        now: app.clock.now(),
        mail: false,
    };
    let opened = open_request(app, &mut tx, new).await?;
    tx.commit().await?;
    Ok(opened)
}
