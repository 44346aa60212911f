//! JPEG: the segments that draw the picture, the colour profile, and the orientation.

use bytes::Bytes;
use img_parts::ImageEXIF;
use img_parts::jpeg::{Jpeg, JpegSegment, markers};

/// The stripped bytes, and whether the picture is shown lying (width and height change places).
pub(super) fn strip(bytes: Bytes) -> Option<(Bytes, bool)> {
    let mut jpeg = Jpeg::from_bytes(bytes).ok()?;
    let orientation = jpeg.exif().and_then(|exif| orientation(&exif)).filter(|turn| (2..=8).contains(turn));
    jpeg.segments_mut().retain(keeps);
    if jpeg.segments().last()?.marker() != markers::SOS {
        return None;
    }
    if let Some(turn) = orientation {
        jpeg.set_exif(Some(exif_of(turn)));
    }
    // Everything up to the first scan's data is segments: two bytes of signature, then their lengths.
    let head = 2 + jpeg.segments().iter().map(JpegSegment::len).sum::<usize>();
    let bytes = jpeg.encoder().bytes();
    let end = head + end_of_image(bytes.get(head..)?)?;
    Some((bytes.slice(..end), orientation.is_some_and(|turn| turn >= 5)))
}

/// Tables and frames, the JFIF header, an ICC profile, and Adobe's segment that says how colours are stored.
fn keeps(segment: &JpegSegment) -> bool {
    match segment.marker() {
        markers::COM => false,
        markers::APP0 => segment.contents().starts_with(b"JFIF\0"),
        markers::APP2 => segment.contents().starts_with(b"ICC_PROFILE\0"),
        markers::APP14 => segment.contents().starts_with(b"Adobe"),
        marker => !(0xE0..=0xEF).contains(&marker),
    }
}

/// Where the image ends in what follows the first scan's header, end marker included: later scans belong to it, what
/// cameras append (a second picture with its own metadata) does not. `None` if it is cut off.
fn end_of_image(data: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at + 1 < data.len() {
        if data[at] != 0xFF {
            at += 1;
            continue;
        }
        match data[at + 1] {
            0xD9 => return Some(at + 2),
            // Stuffing, restart markers and fill bytes stand inside a scan.
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => {
                let length = data.get(at + 2..at + 4)?;
                at += 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
        }
    }
    // Many programs forget the end marker, and every browser shows the picture.
    Some(data.len())
}

/// Tag 0x0112 of the first image directory (EXIF 2.32, 4.6.4), 1 to 8.
fn orientation(exif: &[u8]) -> Option<u16> {
    let big = match exif.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two = [*exif.get(at)?, *exif.get(at + 1)?];
        Some(if big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    };
    let long = |at: usize| {
        let (first, second) = (usize::from(short(at)?), usize::from(short(at + 2)?));
        Some(if big { first << 16 | second } else { second << 16 | first })
    };
    let directory = long(4)?;
    let entries = usize::from(short(directory)?);
    (0..entries)
        .map(|n| directory + 2 + 12 * n)
        .find_map(|entry| if short(entry)? == 0x0112 { short(entry + 8) } else { None })
}

/// An EXIF block that says nothing but how the picture is turned.
fn exif_of(orientation: u16) -> Bytes {
    let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    exif.extend(orientation.to_be_bytes());
    exif.extend([0, 0, 0, 0, 0, 0]);
    Bytes::from(exif)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_orientation_is_read_in_both_byte_orders() {
        assert_eq!(orientation(&exif_of(6)), Some(6));
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0\0\0\0\0";
        assert_eq!(orientation(little), Some(8));
        assert_eq!(orientation(b"II*\0\xff\xff\xff\xff"), None);
        assert_eq!(orientation(b""), None);
    }

    #[test]
    fn an_image_ends_after_its_last_scan() {
        let scan = [1, 2, 0xFF, 0x00, 3, 0xFF, 0xD0, 4];
        let table = [0xFF, 0xC4, 0x00, 0x04, 0xFF, 0xD9];
        let mut data = [&scan[..], &table[..], &scan[..], &[0xFF, 0xD9]].concat();
        let end = data.len();
        data.extend(b"\xFF\xD8appended");
        assert_eq!(end_of_image(&data), Some(end));
        assert_eq!(end_of_image(&scan), Some(scan.len()));
    }
}
