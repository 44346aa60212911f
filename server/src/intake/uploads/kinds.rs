//! The types of files the portal knows: their extensions, what they are served as, and how their content is told.

/// What the content of a file must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// A raster image whose metadata can be taken off: recognised by its first bytes.
    Raster,
    /// The same in boxes, whose metadata can be written over: recognised as one of these media types.
    Boxed(&'static [&'static str]),
    /// Recognised as one of these media types.
    Sniffed(&'static [&'static str]),
    /// A zip that names this entry: office documents.
    ZipWith(&'static str),
    /// The old compound document of office programs.
    Compound,
    /// Nothing but text, in UTF-8, UTF-16 or an older encoding.
    Text,
    /// XML with an `<svg` element.
    Svg,
}

/// One extension.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    pub extension: &'static str,
    pub media_type: &'static str,
    pub proof: Proof,
}

const fn kind(extension: &'static str, media_type: &'static str, proof: Proof) -> Kind {
    Kind { extension, media_type, proof }
}

const KINDS: [Kind; 35] = [
    kind("png", "image/png", Proof::Raster),
    kind("jpg", "image/jpeg", Proof::Raster),
    kind("jpeg", "image/jpeg", Proof::Raster),
    kind("gif", "image/gif", Proof::Raster),
    kind("webp", "image/webp", Proof::Raster),
    kind("heic", "image/heic", Proof::Boxed(&["image/heif", "image/heic"])),
    kind("avif", "image/avif", Proof::Boxed(&["image/avif", "image/heif"])),
    kind("svg", "image/svg+xml", Proof::Svg),
    kind("pdf", "application/pdf", Proof::Sniffed(&["application/pdf"])),
    kind("txt", "text/plain", Proof::Text),
    kind("log", "text/plain", Proof::Text),
    kind("md", "text/plain", Proof::Text),
    kind("csv", "text/csv", Proof::Text),
    kind("tsv", "text/tab-separated-values", Proof::Text),
    kind("json", "application/json", Proof::Text),
    kind("xml", "text/plain", Proof::Text),
    kind("yaml", "text/plain", Proof::Text),
    kind("yml", "text/plain", Proof::Text),
    kind("har", "application/json", Proof::Text),
    kind("eml", "message/rfc822", Proof::Text),
    kind(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Proof::ZipWith("[Content_Types].xml"),
    ),
    kind(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Proof::ZipWith("[Content_Types].xml"),
    ),
    kind(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        Proof::ZipWith("[Content_Types].xml"),
    ),
    kind("doc", "application/msword", Proof::Compound),
    kind("xls", "application/vnd.ms-excel", Proof::Compound),
    kind("ppt", "application/vnd.ms-powerpoint", Proof::Compound),
    kind("odt", "application/vnd.oasis.opendocument.text", Proof::ZipWith("mimetype")),
    kind("ods", "application/vnd.oasis.opendocument.spreadsheet", Proof::ZipWith("mimetype")),
    kind("odp", "application/vnd.oasis.opendocument.presentation", Proof::ZipWith("mimetype")),
    kind("zip", "application/zip", Proof::Sniffed(&["application/zip"])),
    kind("gz", "application/gzip", Proof::Sniffed(&["application/gzip"])),
    kind("mp4", "video/mp4", Proof::Sniffed(&["video/mp4", "video/x-m4v"])),
    kind("mov", "video/quicktime", Proof::Sniffed(&["video/quicktime", "video/mp4"])),
    kind("webm", "video/webm", Proof::Sniffed(&["video/webm", "video/x-matroska"])),
    kind("mp3", "audio/mpeg", Proof::Sniffed(&["audio/mpeg"])),
];

/// Every extension that a setting may name.
pub const ALL_EXTENSIONS: [&str; 35] = {
    let mut all = [""; 35];
    let mut n = 0;
    while n < KINDS.len() {
        all[n] = KINDS[n].extension;
        n += 1;
    }
    all
};

/// What customers may send unless an administrator decides otherwise: everything but SVG, which is a program as much
/// as a picture.
pub const CUSTOMER_DEFAULT: [&str; 34] = {
    let mut types = [""; 34];
    let (mut from, mut to) = (0, 0);
    while from < KINDS.len() {
        if !matches!(KINDS[from].proof, Proof::Svg) {
            types[to] = KINDS[from].extension;
            to += 1;
        }
        from += 1;
    }
    types
};

/// The kind of a file by its name's extension, in any case.
pub(super) fn by_name(name: &str) -> Option<Kind> {
    let (_, extension) = name.rsplit_once('.')?;
    let extension = extension.to_ascii_lowercase();
    KINDS.into_iter().find(|kind| kind.extension == extension)
}

/// Images that browsers may show in place: they cannot carry a script.
pub(super) fn is_safe_image(media_type: &str) -> bool {
    matches!(media_type, "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif")
}

/// The `accept` attribute of a file control for these extensions: `.png,.pdf`.
pub fn accept(extensions: &[String]) -> String {
    extensions.iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(",")
}
