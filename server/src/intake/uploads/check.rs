//! Whether a file may come in: its size, its type, and whether it is what its name says.

use super::kinds::{self, Kind, Proof};
use super::metadata;
use super::names::safe_name;
use crate::settings::Settings;
use crate::web::size;
use app::i18n::Locale;
use bytes::Bytes;
use sha2::{Digest, Sha256};

/// What may come in, from whom.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes a file.
    pub size: u64,
    /// Files a message.
    pub count: usize,
    /// Extensions, lower case.
    pub types: Vec<String>,
    /// An image under another image's extension is taken for what it is instead of being refused: real archives have
    /// such files, and nobody is there to rename them.
    pub by_content: bool,
}

impl Limits {
    /// What settings allow to customers.
    pub fn for_customers(settings: &Settings) -> Self {
        Self {
            size: settings.upload_size,
            count: settings.upload_count as usize,
            types: settings.upload_types.clone(),
            by_content: false,
        }
    }

    /// What CRE may put into replies and articles: every type the portal knows.
    pub fn for_staff(settings: &Settings) -> Self {
        Self { types: kinds::ALL_EXTENSIONS.map(str::to_owned).to_vec(), ..Self::for_customers(settings) }
    }

    /// What an import may bring along: every type, up to 100 MB a file.
    pub fn for_import() -> Self {
        Self {
            size: 100 * 1024 * 1024,
            count: usize::MAX,
            types: kinds::ALL_EXTENSIONS.map(str::to_owned).to_vec(),
            by_content: true,
        }
    }

    /// The sentence beside a file control: "Up to 5 files, 10 MB each".
    pub fn hint(&self, locale: Locale) -> String {
        let each = size(self.size);
        let count = self.count;
        locale.t(
            format!("{count}個まで、1つ{each}まで。画像、PDF、テキスト、表計算などを送れます。"),
            format!("Up to {count} files, {each} each: images, PDF, text, spreadsheets and the like."),
        )
    }
}

/// A file that may be stored.
#[derive(Clone, Debug)]
pub struct Checked {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Bytes,
    /// Lower-case hex.
    pub sha256: String,
    /// Pixels as shown, of images.
    pub width: Option<i64>,
    pub height: Option<i64>,
}

/// Why a file may not come in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("{name} is empty")]
    Empty { name: String },
    #[error("{name} is larger than {limit} bytes")]
    TooLarge { name: String, limit: u64 },
    #[error("{name} is of a type that is not taken")]
    Type { name: String },
    #[error("{name} is not what its name says")]
    Disguised { name: String },
    #[error("{name} is damaged")]
    Damaged { name: String },
    #[error("more than {limit} files")]
    TooMany { limit: usize },
}

impl Refusal {
    /// What is wrong and what to do, for the reader.
    pub fn message(&self, locale: Locale) -> String {
        match self {
            Self::Empty { name } => locale.t(
                format!("「{name}」は空のファイルです。中身のあるファイルを選んでください。"),
                format!("“{name}” is empty. Choose a file with something in it."),
            ),
            Self::TooLarge { name, limit } => {
                let limit = size(*limit);
                locale.t(
                    format!("「{name}」が大きすぎます。1つ{limit}までのファイルを選んでください。"),
                    format!("“{name}” is too large. Choose files of up to {limit} each."),
                )
            }
            Self::Type { name } => locale.t(
                format!("「{name}」の形式は受け取れません。画像、PDF、テキスト、ZIPなどにしてお送りください。"),
                format!("We cannot take a file of the type of “{name}”. Send it as an image, PDF, text or ZIP."),
            ),
            Self::Disguised { name } => locale.t(
                format!("「{name}」は、中身が拡張子と合っていません。正しい拡張子のファイルを選んでください。"),
                format!("What is inside “{name}” does not match its extension. Choose the file under its real type."),
            ),
            Self::Damaged { name } => locale.t(
                format!("「{name}」は壊れているようです。開けることを確かめてから、もう一度選んでください。"),
                format!("“{name}” seems to be damaged. Check that it opens, then choose it again."),
            ),
            Self::TooMany { limit: 0 } => locale.t(
                "ファイルは添付できません。".to_owned(),
                "Files cannot be attached.".to_owned(),
            ),
            Self::TooMany { limit } => locale.t(
                format!("添付できるファイルは{limit}個までです。"),
                format!("You can attach {limit} files at most."),
            ),
        }
    }
}

/// Looks a file over: name, size, type, content; takes the metadata off images. No database, no clock: call it before
/// a transaction begins. It costs a hash of the bytes.
pub fn check(limits: &Limits, name: &str, bytes: Bytes) -> Result<Checked, Refusal> {
    let name = safe_name(name);
    if bytes.is_empty() {
        return Err(Refusal::Empty { name });
    }
    if bytes.len() as u64 > limits.size {
        return Err(Refusal::TooLarge { name, limit: limits.size });
    }
    let Some(kind) =
        kinds::by_name(&name).filter(|kind| limits.types.iter().any(|own| own == kind.extension))
    else {
        return Err(Refusal::Type { name });
    };
    let Some(media_type) = proven(kind, &bytes, limits.by_content) else {
        return Err(Refusal::Disguised { name });
    };
    let bytes = match kind.proof {
        Proof::Boxed(_) => match metadata::blank(&bytes) {
            Some(blank) => blank,
            None => return Err(Refusal::Damaged { name }),
        },
        _ => bytes,
    };
    let image = match kind.proof {
        Proof::Raster => match metadata::strip(media_type, bytes.clone()) {
            Some(image) => Some(image),
            None => return Err(Refusal::Damaged { name }),
        },
        _ => None,
    };
    let (bytes, width, height) = match image {
        Some(image) => (image.bytes, Some(image.width), Some(image.height)),
        None => {
            let pixels =
                media_type.starts_with("image/").then(|| imagesize::blob_size(&bytes).ok()).flatten();
            let pixel = |n: usize| i64::try_from(n).ok();
            (bytes, pixels.and_then(|p| pixel(p.width)), pixels.and_then(|p| pixel(p.height)))
        }
    };
    let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Checked { name, media_type, bytes, sha256, width, height })
}

/// The media type to serve a file as, if its content is what its extension says.
fn proven(kind: Kind, bytes: &[u8], by_content: bool) -> Option<&'static str> {
    let sniffed = infer::get(bytes).map(|found| found.mime_type());
    let as_named = match kind.proof {
        Proof::Raster => {
            let found = sniffed
                .filter(|found| matches!(*found, "image/png" | "image/jpeg" | "image/gif" | "image/webp"));
            return found.filter(|found| *found == kind.media_type || by_content);
        }
        Proof::Boxed(types) | Proof::Sniffed(types) => sniffed.is_some_and(|found| types.contains(&found)),
        Proof::ZipWith(entry) => bytes.starts_with(b"PK\x03\x04") && contains(bytes, entry.as_bytes()),
        Proof::Compound => bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        Proof::Text => is_text(bytes, sniffed),
        Proof::Svg => is_text(bytes, sniffed) && contains(bytes, b"<svg"),
    };
    as_named.then_some(kind.media_type)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Text in any encoding a customer may have: no NUL and no control characters but tab, line ends, form feed and
/// escape, unless it begins as UTF-16 does. Nothing that is recognised as something else.
fn is_text(bytes: &[u8], sniffed: Option<&str>) -> bool {
    if sniffed.is_some_and(|found| !found.starts_with("text/")) {
        return false;
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return bytes.len().is_multiple_of(2);
    }
    !bytes.iter().any(|byte| matches!(byte, 0..=8 | 0x0B | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F))
}
