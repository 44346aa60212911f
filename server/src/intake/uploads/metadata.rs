//! Takes off images what they tell about their sender: place, device, time, comments, thumbnails, editing history.
//! Colour profiles stay, and so does the orientation, or photographs would lie on their side.

mod gif;
mod heif;
mod jpeg;
mod png;
mod webp;

use bytes::Bytes;

/// An image with nothing in it but the picture; pixels as shown.
#[derive(Debug)]
pub(super) struct Image {
    pub bytes: Bytes,
    pub width: i64,
    pub height: i64,
}

/// HEIC and AVIF: the same file with its metadata written over. Their pixels are not counted here, for not every file
/// says how many there are. `None` if its boxes cannot be followed.
pub(super) fn blank(bytes: &Bytes) -> Option<Bytes> {
    heif::strip(bytes)
}

/// `None` if the image cannot be read.
pub(super) fn strip(media_type: &str, bytes: Bytes) -> Option<Image> {
    let (bytes, turned) = match media_type {
        "image/jpeg" => jpeg::strip(bytes)?,
        "image/png" => (png::strip(bytes)?, false),
        "image/webp" => (webp::strip(bytes)?, false),
        "image/gif" => (gif::strip(&bytes)?, false),
        _ => return None,
    };
    let size = imagesize::blob_size(&bytes).ok()?;
    let (width, height) = (i64::try_from(size.width).ok()?, i64::try_from(size.height).ok()?);
    if width == 0 || height == 0 {
        return None;
    }
    let (width, height) = if turned { (height, width) } else { (width, height) };
    Some(Image { bytes, width, height })
}
