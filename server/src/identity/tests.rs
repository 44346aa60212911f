//! What signing in, inviting and belonging promise, on both databases and through the router.

mod account;
mod desk;
mod invitation;
mod members;
mod organization;
mod sign_in;

use crate::app_state::App;
use crate::jobs::run_due;
use crate::storage::all;

/// The mails that have been written, the newest first: (recipient, text).
async fn mails(app: &App) -> anyhow::Result<Vec<(String, String)>> {
    run_due(app).await?;
    let sql = "SELECT recipient, body_text FROM mail ORDER BY id DESC";
    Ok(all!(app.db.read().await?, (String, String), sql)?)
}

/// The path of the link in the newest mail.
async fn newest_link(app: &App) -> anyhow::Result<String> {
    let mails = mails(app).await?;
    let text = &mails.first().ok_or_else(|| anyhow::anyhow!("no mail was written"))?.1;
    let base = &app.config.public_url;
    let line = text.lines().find_map(|line| line.strip_prefix(base.as_str()).filter(|path| path.len() > 1));
    Ok(line.ok_or_else(|| anyhow::anyhow!("no link in {text}"))?.to_owned())
}
