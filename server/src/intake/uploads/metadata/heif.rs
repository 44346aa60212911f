//! HEIC and AVIF: boxes inside boxes (ISO/IEC 14496-12, 23008-12). Where pixels lie is told by absolute offsets, so
//! nothing is cut out: what tells about the sender is written over in place.

use bytes::Bytes;
use std::ops::Range;

/// An Exif item that says nothing: no offset to its TIFF header, the header, a directory of no entries.
const EMPTY_EXIF: &[u8] = b"\0\0\0\0II*\0\x08\0\0\0\0\0\0\0\0\0";

/// Boxes that carry metadata wherever they stand; in the place of one stands a box of free space.
const TELLING: [&[u8; 4]; 2] = [b"uuid", b"udta"];

/// `None` if the boxes cannot be followed: better refused than stored with what it tells.
pub(super) fn strip(bytes: &Bytes) -> Option<Bytes> {
    let mut image = bytes.to_vec();
    let all = 0..image.len();
    let mut telling = Vec::new();
    let mut items = Vec::new();
    for found in boxes(&image, all)? {
        match &found.kind {
            b"meta" => items.extend(telling_items(&image, found.body)?),
            b"moov" => blank_movie(&image, found.body, &mut telling)?,
            kind if TELLING.contains(&kind) => telling.push(found),
            _ => {}
        }
    }
    for item in items {
        write_over(&mut image, item)?;
    }
    for found in telling {
        image.get_mut(found.kind_at..found.kind_at + 4)?.copy_from_slice(b"free");
        image.get_mut(found.body)?.fill(0);
    }
    Some(Bytes::from(image))
}

/// One box: its four letters and where they stand, and what is inside.
struct Found {
    kind: [u8; 4],
    kind_at: usize,
    body: Range<usize>,
}

/// The boxes that fill a range.
fn boxes(bytes: &[u8], range: Range<usize>) -> Option<Vec<Found>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let mut reader = Reader { bytes, at, end: range.end };
        let size = reader.number(4)?;
        let kind_at = reader.at;
        let kind = reader.take(4)?.try_into().ok()?;
        let end = match size {
            // To the end of the file.
            0 => range.end,
            1 => at.checked_add(reader.number(8)?)?,
            size => at.checked_add(size)?,
        };
        if end > range.end || end < reader.at {
            return None;
        }
        found.push(Found { kind, kind_at, body: reader.at..end });
        at = end;
    }
    Some(found)
}

/// An image sequence keeps what it tells in its tracks, too.
fn blank_movie(bytes: &[u8], body: Range<usize>, telling: &mut Vec<Found>) -> Option<()> {
    for found in boxes(bytes, body)? {
        match &found.kind {
            b"trak" => blank_movie(bytes, found.body, telling)?,
            b"meta" => telling.push(found),
            kind if TELLING.contains(&kind) => telling.push(found),
            _ => {}
        }
    }
    Some(())
}

/// The bytes of one item that tells about the sender, in the pieces they lie in.
struct Item {
    is_exif: bool,
    pieces: Vec<Range<usize>>,
}

/// Exif, XMP and whatever else is no picture among the items of a `meta` box.
fn telling_items(bytes: &[u8], meta: Range<usize>) -> Option<Vec<Item>> {
    // `meta` is a full box: a version and flags come first.
    let inside = boxes(bytes, meta.start.checked_add(4)?..meta.end)?;
    let one =
        |kind: &[u8; 4]| inside.iter().find(|found| found.kind == *kind).map(|found| found.body.clone());
    let (Some(infos), Some(places)) = (one(b"iinf"), one(b"iloc")) else { return Some(Vec::new()) };
    let telling: Vec<(usize, [u8; 4])> = kinds(bytes, infos)?
        .into_iter()
        .filter(|(_, kind)| matches!(kind, b"Exif" | b"mime" | b"uri "))
        .collect();
    let idat = one(b"idat").unwrap_or(0..0);
    let mut items = Vec::new();
    for (id, pieces) in locations(bytes, places, &idat)? {
        if let Some((_, kind)) = telling.iter().find(|(own, _)| *own == id) {
            items.push(Item { is_exif: kind == b"Exif", pieces: pieces? });
        }
    }
    Some(items)
}

/// The items of an `iinf` box, by id.
fn kinds(bytes: &[u8], body: Range<usize>) -> Option<Vec<(usize, [u8; 4])>> {
    let mut reader = Reader::over(bytes, &body);
    let wide = reader.version()? > 0;
    reader.number(if wide { 4 } else { 2 })?;
    let mut kinds = Vec::new();
    for entry in boxes(bytes, reader.at..body.end)? {
        let mut reader = Reader::over(bytes, &entry.body);
        let version = reader.version()?;
        // Before version 2 an item had no kind, and nobody wrote images.
        if version < 2 {
            return None;
        }
        let id = reader.number(if version == 2 { 2 } else { 4 })?;
        reader.number(2)?;
        kinds.push((id, reader.take(4)?.try_into().ok()?));
    }
    Some(kinds)
}

/// Where an item lies; `None` when that is told in a way that is not followed here.
type Pieces = Option<Vec<Range<usize>>>;

/// Where each item of an `iloc` box lies, by id.
fn locations(bytes: &[u8], body: Range<usize>, idat: &Range<usize>) -> Option<Vec<(usize, Pieces)>> {
    let mut reader = Reader::over(bytes, &body);
    let version = reader.version()?;
    let sizes = reader.number(2)?;
    let width = |shift: usize| (sizes >> shift) & 0xF;
    let (offset, length, base) = (width(12), width(8), width(4));
    let index = if version == 0 { 0 } else { width(0) };
    let wide = if version < 2 { 2 } else { 4 };
    let count = reader.number(wide)?;
    let mut locations = Vec::new();
    for _ in 0..count {
        let id = reader.number(wide)?;
        let method = if version == 0 { 0 } else { reader.number(2)? & 0xF };
        let elsewhere = reader.number(2)? != 0;
        let base = reader.number(base)?;
        let extents = reader.number(2)?;
        let mut pieces = Some(Vec::new());
        for _ in 0..extents {
            reader.number(index)?;
            let start = base.checked_add(reader.number(offset)?)?;
            let length = reader.number(length)?;
            let from = match method {
                0 if !elsewhere => Some(start),
                1 => idat.start.checked_add(start),
                _ => None,
            };
            let end = from.and_then(|from| match length {
                // To the end of the file, or of the box.
                0 => Some(if method == 0 { bytes.len() } else { idat.end }),
                length => from.checked_add(length),
            });
            match (&mut pieces, from.zip(end)) {
                (Some(pieces), Some((from, end))) if from <= end && end <= bytes.len() => {
                    pieces.push(from..end)
                }
                _ => pieces = None,
            }
        }
        locations.push((id, pieces));
    }
    Some(locations)
}

/// Exif becomes an Exif that says nothing, so that readers still find what they were told of; text becomes blank.
fn write_over(image: &mut [u8], item: Item) -> Option<()> {
    let fill = if item.is_exif { 0 } else { b' ' };
    for piece in &item.pieces {
        image.get_mut(piece.clone())?.fill(fill);
    }
    if let (true, Some(first)) = (item.is_exif, item.pieces.first())
        && first.len() >= EMPTY_EXIF.len()
    {
        image.get_mut(first.start..first.start + EMPTY_EXIF.len())?.copy_from_slice(EMPTY_EXIF);
    }
    Some(())
}

/// Big-endian numbers, one after another.
struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    end: usize,
}

impl<'b> Reader<'b> {
    fn over(bytes: &'b [u8], range: &Range<usize>) -> Self {
        Self { bytes, at: range.start, end: range.end }
    }

    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let end = self.at.checked_add(count).filter(|end| *end <= self.end)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    /// A number of so many bytes; none is 0.
    fn number(&mut self, width: usize) -> Option<usize> {
        let add = |number: u64, byte: &u8| (number << 8) | u64::from(*byte);
        usize::try_from(self.take(width)?.iter().fold(0, add)).ok()
    }

    /// The version of a full box; its flags are skipped.
    fn version(&mut self) -> Option<usize> {
        Some(self.number(4)? >> 24)
    }
}
