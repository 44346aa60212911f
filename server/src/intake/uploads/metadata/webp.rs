//! WebP: the chunks that draw the picture, and no other.

use bytes::{Bytes, BytesMut};
use img_parts::riff::RiffContent;
use img_parts::webp::WebP;

const DRAWING: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// The bits of the VP8X header that announce EXIF and XMP chunks.
const EXIF_AND_XMP: u8 = 0b0000_1100;

pub(super) fn strip(bytes: Bytes) -> Option<Bytes> {
    let mut webp = WebP::from_bytes(bytes).ok()?;
    webp.chunks_mut().retain(|chunk| DRAWING.contains(&&chunk.id()));
    for chunk in webp.chunks_mut() {
        if chunk.id() == *b"VP8X"
            && let RiffContent::Data(data) = chunk.content_mut()
        {
            let mut header = BytesMut::from(&data[..]);
            *header.first_mut()? &= !EXIF_AND_XMP;
            *data = header.freeze();
        }
    }
    let draws = webp.chunks().iter().any(|chunk| matches!(&chunk.id(), b"VP8 " | b"VP8L" | b"ANMF"));
    draws.then(|| webp.encoder().bytes())
}
