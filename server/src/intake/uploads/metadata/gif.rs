//! GIF: the frames and how they are timed, without comments, texts and application data (GIF89a, 17 to 27).

use bytes::Bytes;

/// Application extensions that change what is seen: how often an animation repeats, and the colour profile.
const KEPT_APPLICATIONS: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

pub(super) fn strip(data: &[u8]) -> Option<Bytes> {
    if !data.starts_with(b"GIF87a") && !data.starts_with(b"GIF89a") {
        return None;
    }
    let mut at = 13 + colour_table(*data.get(10)?);
    let mut kept = data.get(..at)?.to_vec();
    let mut frames = 0;
    // A file that is cut off after its first frame is still a picture.
    while let Some(introducer) = data.get(at) {
        let start = at;
        match introducer {
            0x21 => {
                let label = *data.get(at + 1)?;
                let application = data.get(at + 3..at + 14).unwrap_or_default();
                at = sub_blocks(data, at + 2)?;
                if label == 0xF9 || (label == 0xFF && KEPT_APPLICATIONS.contains(&application)) {
                    kept.extend(&data[start..at]);
                }
            }
            0x2C => {
                let colours = colour_table(*data.get(at + 9)?);
                at = sub_blocks(data, at + 10 + colours + 1)?;
                kept.extend(&data[start..at]);
                frames += 1;
            }
            0x3B => break,
            _ => return None,
        }
    }
    kept.push(0x3B);
    (frames > 0).then(|| Bytes::from(kept))
}

/// Bytes of the table that a packed field announces.
fn colour_table(packed: u8) -> usize {
    if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) }
}

/// The place after a row of sub-blocks that ends with an empty one.
fn sub_blocks(data: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *data.get(at)? {
            0 => return Some(at + 1),
            length => at += 1 + usize::from(length),
        }
    }
}
