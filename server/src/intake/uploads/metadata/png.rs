//! PNG: the chunks that draw the picture, and no other.

use bytes::Bytes;
use img_parts::png::Png;

/// Chunks that change what is seen (PNG 3rd edition, 11; the last three animate).
const DRAWING: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
    b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// Whatever follows the end of the image is left behind with the rest.
pub(super) fn strip(bytes: Bytes) -> Option<Bytes> {
    let mut png = Png::from_bytes(bytes).ok()?;
    png.chunks_mut().retain(|chunk| DRAWING.contains(&&chunk.kind()));
    png.chunk_by_type(*b"IDAT")?;
    png.chunk_by_type(*b"IEND")?;
    Some(png.encoder().bytes())
}
