//! What the operator sets outside the portal: where it listens, where its data lives, how mail leaves.
//!
//! Flags win over the environment (`KOTAE_…`), the environment over `kotae.toml`. A key that nobody knows is an error
//! that names the nearest one, so that a typing mistake does not silently change nothing.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

/// One key, as the file and (upper case, after `KOTAE_`) the environment spell it, with what it is for.
pub const KEYS: [(&str, &str); 15] = [
    ("addr", "address to listen on (127.0.0.1:3000)"),
    ("data", "data folder (./data)"),
    ("database_url", "postgres://… (default: SQLite in the data folder)"),
    ("public_url", "the address that customers type, with scheme (http://ADDR)"),
    ("site", "folder of built assets (only for development)"),
    ("trusted_proxies", "how many reverse proxies append to X-Forwarded-For (0)"),
    ("search_rate", "searches a second that one network may make, over time (20); 0 for any number"),
    ("smtp_host", "SMTP server; without it mail lands in DATA/outbox"),
    ("smtp_port", "SMTP port (587)"),
    ("smtp_user", "SMTP user"),
    ("smtp_password", "SMTP password"),
    ("smtp_tls", "starttls, tls or none (starttls)"),
    ("mail_from", "sender address (portal@the public host)"),
    ("log_format", "text or json (text)"),
    ("metrics_token", "bearer token that /metrics asks for; without one it answers loopback only"),
];

/// A few dozen people who type at once behind one address, and far less than a portal answers.
const SEARCH_RATE: u32 = 20;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    pub addr: SocketAddr,
    pub data: PathBuf,
    pub database_url: Option<String>,
    /// Without a trailing slash.
    pub public_url: String,
    pub site: Option<PathBuf>,
    pub trusted_proxies: usize,
    /// Searches a second that one network may make, over time; `None` for any number.
    pub search_rate: Option<NonZeroU32>,
    pub smtp: Option<Smtp>,
    pub mail_from: String,
    pub json_logs: bool,
    pub metrics_token: Option<String>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub credentials: Option<(String, String)>,
    pub tls: SmtpTls,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Smtp({}:{})", self.host, self.port)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpTls {
    Starttls,
    Tls,
    None,
}

/// A message for the terminal that says what is wrong and what to do.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct ConfigError(pub String);

impl Config {
    /// Reads the file (if there is one), the environment and the flags; later ones win.
    pub fn load(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
        flags: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Result<Self, ConfigError> {
        let mut values = BTreeMap::new();
        let default_file = Path::new("kotae.toml");
        if let Some(path) = file.or_else(|| default_file.exists().then_some(default_file)) {
            let text = std::fs::read_to_string(path)
                .map_err(|error| ConfigError(format!("cannot read {}: {error}", path.display())))?;
            let table: toml::Table = text
                .parse()
                .map_err(|error| ConfigError(format!("{} is not valid TOML: {error}", path.display())))?;
            for (key, value) in table {
                known(&key, &format!("in {}", path.display()), |key| key.to_owned())?;
                let value = match value {
                    toml::Value::String(text) => text,
                    other => other.to_string(),
                };
                values.insert(key, value);
            }
        }
        for (name, value) in environment {
            // Variables of the development commands and of tests share the prefix.
            if let Some(key) = name.strip_prefix("KOTAE_").filter(|key| !key.starts_with("TEST_")) {
                let key = key.to_lowercase();
                if ["config", "log", "demo"].contains(&key.as_str()) {
                    continue;
                }
                known(&key, "in the environment", |key| format!("KOTAE_{}", key.to_uppercase()))?;
                values.insert(key, value);
            }
        }
        values.extend(flags.into_iter().map(|(key, value)| (key.to_owned(), value)));
        Self::from_values(&values)
    }

    fn from_values(values: &BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let text = |key: &str| {
            values.get(key).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        fn parsed<T: std::str::FromStr>(
            key: &str,
            value: Option<String>,
            default: T,
            like: &str,
        ) -> Result<T, ConfigError> {
            match value {
                None => Ok(default),
                Some(value) => {
                    value.parse().map_err(|_| ConfigError(format!("{key} = \"{value}\" is not {like}")))
                }
            }
        }
        let addr: SocketAddr = parsed(
            "addr",
            text("addr"),
            SocketAddr::from(([127, 0, 0, 1], 3000)),
            "an address with a port, such as 127.0.0.1:3000",
        )?;
        let public_url = text("public_url").unwrap_or_else(|| format!("http://{addr}"));
        let public = url::Url::parse(&public_url)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.path() == "/")
            .ok_or_else(|| {
                ConfigError(format!("public_url = \"{public_url}\" is not like https://help.example.com"))
            })?;
        let host = public.host_str().unwrap_or("localhost").to_owned();
        let smtp = match text("smtp_host") {
            None => None,
            Some(host) => Some(Smtp {
                host,
                port: parsed("smtp_port", text("smtp_port"), 587, "a port number")?,
                credentials: text("smtp_user").zip(text("smtp_password")),
                tls: match text("smtp_tls").as_deref() {
                    None | Some("starttls") => SmtpTls::Starttls,
                    Some("tls") => SmtpTls::Tls,
                    Some("none") => SmtpTls::None,
                    Some(other) => {
                        return Err(ConfigError(format!(
                            "smtp_tls = \"{other}\" is not starttls, tls or none"
                        )));
                    }
                },
            }),
        };
        let json_logs = match text("log_format").as_deref() {
            None | Some("text") => false,
            Some("json") => true,
            Some(other) => return Err(ConfigError(format!("log_format = \"{other}\" is not text or json"))),
        };
        Ok(Self {
            addr,
            data: text("data").map_or_else(|| PathBuf::from("data"), PathBuf::from),
            database_url: text("database_url"),
            public_url: public_url.trim_end_matches('/').to_owned(),
            site: text("site").map(PathBuf::from),
            trusted_proxies: parsed("trusted_proxies", text("trusted_proxies"), 0, "a count")?,
            search_rate: NonZeroU32::new(parsed(
                "search_rate",
                text("search_rate"),
                SEARCH_RATE,
                "a count of searches a second, or 0 for any number",
            )?),
            smtp,
            mail_from: text("mail_from").unwrap_or_else(|| format!("portal@{host}")),
            json_logs,
            metrics_token: text("metrics_token"),
        })
    }

    /// Whether customers reach the portal over TLS: cookies then take the `__Host-` prefix.
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn known(key: &str, place: &str, spell: impl Fn(&str) -> String) -> Result<(), ConfigError> {
    if KEYS.iter().any(|(known, _)| *known == key) {
        return Ok(());
    }
    let nearest = KEYS
        .iter()
        .map(|(known, _)| *known)
        .max_by(|a, b| strsim::jaro_winkler(a, key).total_cmp(&strsim::jaro_winkler(b, key)));
    Err(ConfigError(format!(
        "unknown key {} {place}; did you mean {}?",
        spell(key),
        spell(nearest.unwrap_or("addr"))
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let pairs: Vec<_> = environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Config::load(None, pairs.into_iter(), [])
    }

    #[test]
    fn an_unknown_key_is_named_with_the_nearest_valid_one() {
        let error = load(&[("KOTAE_PUBLC_URL", "https://help.example.com")]).unwrap_err();
        assert_eq!(error.0, "unknown key KOTAE_PUBLC_URL in the environment; did you mean KOTAE_PUBLIC_URL?");
    }

    #[test]
    fn a_file_is_overruled_by_the_environment_and_that_by_flags() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kotae.toml");
        std::fs::write(&file, "addr = \"127.0.0.1:1\"\nsmtp_host = \"mail.example\"\nsmtp_port = 25\n")
            .unwrap();
        let environment = [("KOTAE_ADDR".to_owned(), "127.0.0.1:2".to_owned())];
        let config =
            Config::load(Some(&file), environment.into_iter(), [("data", "elsewhere".to_owned())]).unwrap();
        assert_eq!(config.addr.port(), 2);
        assert_eq!(config.data, PathBuf::from("elsewhere"));
        assert_eq!(config.smtp.unwrap().port, 25);
    }

    #[test]
    fn the_rate_of_searches_can_be_raised_and_lifted() {
        let rate = |text| load(&[("KOTAE_SEARCH_RATE", text)]).map(|config| config.search_rate);
        assert_eq!(load(&[]).unwrap().search_rate, NonZeroU32::new(SEARCH_RATE));
        assert_eq!(rate("500"), Ok(NonZeroU32::new(500)));
        assert_eq!(rate("0"), Ok(None));
        assert!(rate("-1").is_err() && rate("many").is_err());
    }

    #[test]
    fn a_value_that_does_not_parse_says_what_it_should_be_like() {
        let error = load(&[("KOTAE_ADDR", "everywhere")]).unwrap_err();
        assert!(error.0.contains("127.0.0.1:3000"), "{error}");
        assert!(load(&[("KOTAE_PUBLIC_URL", "help.example.com")]).is_err());
    }
}
