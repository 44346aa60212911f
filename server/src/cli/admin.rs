//! `kotae admin create`: lets the first administrator in, and one who lost their password.

use super::Common;
use crate::app_state::App;
use crate::chance::Chance;
use crate::clock::{Clock, DAY};
use crate::identity::{Actor, LinkPurpose, NewInvitation, Role, invitation_link, is_email, normalise_email};
use crate::storage::{DatabaseUrl, open};
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use std::process::ExitCode;
use std::time::Duration;

#[derive(Args)]
pub(super) struct Admin {
    #[command(subcommand)]
    command: AdminCommand,
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Print a link with which this address becomes an administrator and chooses a password.
    Create {
        email: String,
        /// Stands in the form already.
        #[arg(long, default_value = "")]
        name: String,
    },
}

impl Admin {
    pub(super) async fn run(self, common: &Common) -> anyhow::Result<ExitCode> {
        let AdminCommand::Create { email, name } = self.command;
        let email = normalise_email(&email);
        if !is_email(&email) {
            bail!("\"{email}\" is not an e-mail address; give one like you@example.com");
        }
        let config = common.config([])?;
        super::serve::writable(&config.data)?;
        let url =
            DatabaseUrl::new(config.database_url.as_deref(), &config.data).map_err(anyhow::Error::msg)?;
        let db = open(&url, Duration::from_secs(10)).await.context("cannot open the database")?;
        let app = App::new(config, db, Clock::System, Chance::system()).await?;
        let locale = app.settings.current().default_locale();
        let new = NewInvitation { email, name, role: Role::Administrator, locale };
        let mut tx = app.db.begin().await?;
        let actor = Actor::Program("kotae admin create");
        let link = invitation_link(&app, &mut tx, &actor, &new, app.clock.now()).await?;
        tx.commit().await?;
        app.db.close().await;
        let days = LinkPurpose::Invitation.lifetime() / DAY;
        println!("Open this link within {days} days to become an administrator:\n\n  {link}\n");
        println!("The portal must be running (kotae serve) and reachable under that address;");
        println!("if it is not, set public_url (KOTAE_PUBLIC_URL) and run this again.");
        Ok(ExitCode::SUCCESS)
    }
}
