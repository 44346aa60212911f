//! How mail leaves: an SMTP server, or a folder.

use crate::config::{Config, Smtp, SmtpTls};
use anyhow::Context;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use std::path::PathBuf;
use std::time::Duration;

/// A mail server that says nothing for this long has failed; the job tries again.
const PATIENCE: Duration = Duration::from_secs(30);

/// The way out, made once from the configuration.
#[derive(Clone)]
pub struct Mailer {
    pub(super) from: Mailbox,
    pub(super) way: Way,
}

#[derive(Clone)]
pub(super) enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// `DATA/outbox`.
    Folder(PathBuf),
}

impl Mailer {
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let from = config.mail_from.parse().with_context(|| {
            format!("mail_from = \"{}\" is not an address like support@example.com", config.mail_from)
        })?;
        let way = match &config.smtp {
            None => Way::Folder(config.data.join("outbox")),
            Some(smtp) => Way::Smtp(transport(smtp)?),
        };
        Ok(Self { from, way })
    }

    /// Whether mail stays here as files.
    pub fn files(&self) -> bool {
        matches!(self.way, Way::Folder(_))
    }

    /// The host part of Message-IDs: the sender's domain.
    pub(super) fn host(&self) -> &str {
        self.from.email.domain()
    }
}

fn transport(smtp: &Smtp) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    type Transport = AsyncSmtpTransport<Tokio1Executor>;
    let host = smtp.host.as_str();
    let builder = match smtp.tls {
        SmtpTls::Tls => Transport::relay(host)?,
        SmtpTls::Starttls => Transport::starttls_relay(host)?,
        SmtpTls::None => Transport::builder_dangerous(host),
    };
    let builder = builder.port(smtp.port).timeout(Some(PATIENCE));
    Ok(match &smtp.credentials {
        None => builder.build(),
        Some((user, password)) => {
            builder.credentials(Credentials::new(user.clone(), password.clone())).build()
        }
    })
}
