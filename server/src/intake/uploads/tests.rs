//! What uploads promise: nothing disguised comes in, nothing about the sender stays in, nobody else reads them.

use super::metadata::strip;
use super::*;
use crate::settings::Settings;
use crate::storage::{Tx, run, value};
use crate::testing::{TestDb, db_test};
use bytes::Bytes;

fn limits() -> Limits {
    Limits::for_customers(&Settings::default())
}

/// A PNG of 3 × 2 pixels (never decoded here) with these extra chunks and something behind its end.
pub(crate) fn png(extra: &[(&[u8; 4], &[u8])]) -> Bytes {
    use img_parts::png::{Png, PngChunk};
    let chunk = |kind: &[u8; 4], data: &[u8]| PngChunk::new(*kind, Bytes::copy_from_slice(data));
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunks = vec![chunk(b"IHDR", &[0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0])];
    chunks.extend(extra.iter().map(|(kind, data)| chunk(kind, data)));
    chunks.extend([chunk(b"IDAT", b"pixels"), chunk(b"IEND", b"")]);
    for chunk in chunks {
        bytes.extend(chunk.encoder().bytes());
    }
    bytes.extend(b"appended");
    assert!(Png::from_bytes(Bytes::from(bytes.clone())).is_ok());
    Bytes::from(bytes)
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).expect("short").to_be_bytes();
    [&[0xFF, marker], &length[..], data].concat()
}

/// A JPEG of 3 × 2 pixels that lies on its side, was taken somewhere, and drags a second picture behind it.
fn jpeg() -> Bytes {
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 35.6N 139.7E";
    Bytes::from(
        [
            vec![0xFF, 0xD8],
            segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            segment(0xE1, exif),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<creator>somebody</creator>"),
            segment(0xE2, b"ICC_PROFILE\0\x01\x01profile"),
            segment(0xED, b"Photoshop 3.0\0caption"),
            segment(0xFE, b"a comment"),
            segment(0xC0, &[8, 0, 2, 0, 3, 1, 1, 0x11, 0]),
            segment(0xDA, &[1, 1, 0, 0, 63, 0]),
            b"scan\xFF\xD9\xFF\xD8GPS again".to_vec(),
        ]
        .concat(),
    )
}

fn gif() -> Bytes {
    Bytes::from(
        [
            &b"GIF89a\x03\0\x02\0\x80\0\0\0\0\0\xFF\xFF\xFF"[..],
            b"!\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0",
            b"!\xFE\x09a comment\0",
            b"!\xFF\x0BXMP DataXMP\x08somebody\0",
            b"!\xF9\x04\0\x0A\0\0\0",
            b",\0\0\0\0\x03\0\x02\0\0\x02\x02\x44\x01\0",
            b";appended",
        ]
        .concat(),
    )
}

fn webp() -> Bytes {
    let chunk = |id: &[u8; 4], data: &[u8]| {
        let mut bytes = [&id[..], &(data.len() as u32).to_le_bytes(), data].concat();
        bytes.resize(bytes.len() + data.len() % 2, 0);
        bytes
    };
    let body = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &[0x0C, 0, 0, 0, 2, 0, 0, 1, 0, 0]),
        chunk(b"VP8L", &[0x2F, 2, 0x40, 0, 0, 0]),
        chunk(b"EXIF", b"GPS 35.6N"),
        chunk(b"XMP ", b"<creator>somebody</creator>"),
    ]
    .concat();
    Bytes::from([b"RIFF".to_vec(), (body.len() as u32).to_le_bytes().to_vec(), body].concat())
}

/// A box of these parts.
fn boxed(kind: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let size = u32::try_from(body.len() + 8).expect("short").to_be_bytes();
    [&size[..], kind, &body].concat()
}

/// A HEIC of one picture, an Exif item beside it in `mdat`, and XMP in `idat`; `method` tells how the Exif is found.
fn heic(method: u8) -> Bytes {
    let entry = |id: u8, kind: &[u8; 4], end: &[u8]| boxed(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], kind, end]);
    let infos =
        [entry(1, b"hvc1", b"\0"), entry(2, b"Exif", b"\0"), entry(3, b"mime", b"\0application/rdf+xml\0")];
    let xmp = b"<creator>somebody</creator>";
    let (picture, exif) = (b"coded pixels", b"\0\0\0\0II*\0\x08\0\0\0 GPS 35.6N 139.7E");
    // Offsets and lengths of four bytes each, and no base.
    let place = |id: u8, method: u8, at: usize, length: usize| {
        let number = |number: usize| u32::try_from(number).expect("short").to_be_bytes();
        [&[0, id, 0, method, 0, 0, 0, 1][..], &number(at), &number(length)].concat()
    };
    let meta = |at: usize| {
        let places = [
            place(1, 0, at, picture.len()),
            place(2, method, at + picture.len(), exif.len()),
            place(3, 1, 0, xmp.len()),
        ];
        boxed(
            b"meta",
            &[
                &[0; 4],
                &boxed(b"iinf", &[&[0, 0, 0, 0, 0, 3], &infos.concat()]),
                &boxed(b"iloc", &[&[1, 0, 0, 0, 0x44, 0, 0, 3], &places.concat()]),
                &boxed(b"idat", &[xmp]),
            ],
        )
    };
    let begin = [
        boxed(b"ftyp", &[b"heic\0\0\0\0mif1heic"]),
        boxed(b"uuid", &[b"0123456789abcdef", b"a note of somebody"]),
        boxed(b"moov", &[&boxed(b"trak", &[&boxed(b"udta", &[b"somebody's track"])])]),
    ]
    .concat();
    let at = begin.len() + meta(0).len() + 8;
    Bytes::from([begin, meta(at), boxed(b"mdat", &[picture, exif])].concat())
}

#[test]
fn a_photograph_in_boxes_loses_what_it_tells_and_keeps_its_pixels_where_they_were() {
    let given = heic(0);
    let kept = check(&limits(), "photo.heic", given.clone()).expect("readable").bytes;
    assert_eq!(kept.len(), given.len());
    for word in ["GPS", "somebody", "creator", "uuid", "udta"] {
        assert!(has(&given, word) && !has(&kept, word), "it still says {word}");
    }
    let at = |bytes: &[u8]| bytes.windows(12).position(|part| part == b"coded pixels");
    assert!(at(&kept).is_some() && at(&kept) == at(&given));
    assert!(has(&kept, "II*"), "an Exif item that can be read, with nothing in it");
    let again = check(&limits(), "photo.heic", kept.clone()).expect("readable").bytes;
    assert_eq!(again, kept);
    // Told in a way that cannot be followed, or cut off: refused rather than kept with what it tells.
    for damaged in [heic(2), given.slice(..given.len() - 5), given.slice(..40)] {
        let refused = check(&limits(), "photo.heic", damaged).map(|_| ());
        assert!(matches!(refused, Err(Refusal::Damaged { .. })), "{refused:?}");
    }
}

fn has(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

#[test]
fn images_keep_their_picture_and_lose_what_they_tell_of_the_sender() {
    let png =
        png(&[(b"tEXt", b"Author\0somebody"), (b"eXIf", b"GPS"), (b"pHYs", &[0; 9]), (b"tIME", &[0; 7])]);
    let cases = [
        (
            "image/png",
            png,
            vec!["somebody", "GPS", "tIME", "appended"],
            vec!["IHDR", "pHYs", "pixels", "IEND"],
        ),
        (
            "image/jpeg",
            jpeg(),
            vec!["GPS", "somebody", "caption", "comment"],
            vec!["JFIF", "ICC_PROFILE", "scan\u{0}"],
        ),
        ("image/gif", gif(), vec!["comment", "somebody", "XMP", "appended"], vec!["GIF89a", "NETSCAPE2.0"]),
        ("image/webp", webp(), vec!["GPS", "somebody", "EXIF", "XMP"], vec!["VP8X", "VP8L"]),
    ];
    for (media_type, bytes, gone, kept) in cases {
        let image = strip(media_type, bytes).unwrap_or_else(|| panic!("{media_type} is readable"));
        for word in gone {
            assert!(!has(&image.bytes, word), "{media_type} still says {word}");
        }
        for word in kept {
            assert!(has(&image.bytes, word.trim_end_matches('\0')), "{media_type} lost {word}");
        }
        let expected = if media_type == "image/jpeg" { (2, 3) } else { (3, 2) };
        assert_eq!((image.width, image.height), expected, "{media_type}");
    }
}

#[test]
fn a_photograph_taken_upright_stays_upright() {
    let image = strip("image/jpeg", jpeg()).expect("readable");
    assert!(has(&image.bytes, "Exif"), "the orientation is gone");
    assert!(image.bytes.ends_with(b"scan\xFF\xD9"));
    let again = strip("image/jpeg", image.bytes.clone()).expect("readable");
    assert_eq!(again.bytes, image.bytes);
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_refused() {
    let png = png(&[]);
    let executable = Bytes::from_static(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0");
    let refused = |name: &str, bytes: &Bytes| check(&limits(), name, bytes.clone()).map(|_| ()).unwrap_err();
    for (name, bytes) in [
        ("photo.jpg", &png),
        ("invoice.pdf", &executable),
        ("notes.txt", &executable),
        ("notes.txt", &png),
        ("table.xlsx", &Bytes::from_static(b"PK\x03\x04 only a zip")),
        ("photo.png", &Bytes::from_static(b"<script>alert(1)</script>")),
    ] {
        assert!(matches!(refused(name, bytes), Refusal::Disguised { .. }), "{name}");
    }
    assert!(matches!(refused("tool.exe", &executable), Refusal::Type { .. }));
    assert!(matches!(refused("page.html", &Bytes::from_static(b"<p>")), Refusal::Type { .. }));
    assert!(matches!(refused("drawing.svg", &Bytes::from_static(b"<svg/>")), Refusal::Type { .. }));
    assert!(matches!(refused("noextension", &png), Refusal::Type { .. }));
    assert!(matches!(refused("empty.txt", &Bytes::new()), Refusal::Empty { .. }));
    let cut = png.slice(..20);
    assert!(matches!(refused("cut.png", &cut), Refusal::Damaged { .. }));
    let large = Bytes::from(vec![b'a'; 10 * 1024 * 1024 + 1]);
    assert_eq!(
        refused("large.log", &large).message(app::i18n::Locale::En),
        "“large.log” is too large. Choose files of up to 10 MB each."
    );
}

#[test]
fn ordinary_files_come_in_under_their_own_type() {
    let utf16 = Bytes::from_static(b"\xFF\xFEa\0");
    let shift_jis = Bytes::from_static(b"\x93\xFA\x8E\x9E,\x8Bz\r\n");
    for (name, bytes, media_type) in [
        ("Screen.PNG", png(&[]), "image/png"),
        ("table.csv", shift_jis, "text/csv"),
        ("log.txt", utf16, "text/plain"),
        ("doc.pdf", Bytes::from_static(b"%PDF-1.7\n"), "application/pdf"),
        ("old.xls", Bytes::from_static(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "application/vnd.ms-excel"),
    ] {
        assert_eq!(check(&limits(), name, bytes).map(|file| file.media_type), Ok(media_type), "{name}");
    }
    let lenient = check(&Limits::for_import(), "photo.jpg", png(&[])).map(|file| file.media_type);
    assert_eq!(lenient, Ok("image/png"));
}

impl PartialEq for Checked {
    fn eq(&self, other: &Self) -> bool {
        self.sha256 == other.sha256 && self.name == other.name
    }
}

/// A customer, their request, a reply and an internal note: `(customer, request, reply, note)`.
async fn thread(tx: &mut Tx) -> anyhow::Result<(i64, i64, i64, i64)> {
    let customer = value!(
        tx,
        i64,
        "INSERT INTO person (email, name, role, locale, created_at)
         VALUES ('hotaru@hoshizora.example', '', 'customer', 'ja', 0) RETURNING id"
    )?;
    let request = value!(
        tx,
        i64,
        "INSERT INTO request (number, kind, subject, locale, status, customer_id, link_version, created_at,
                              updated_at)
         VALUES (1, 'question', '件', 'ja', 'new', $1, 0, 0, 0) RETURNING id",
        customer
    )?;
    let reply = value!(
        tx,
        i64,
        "INSERT INTO message (request_id, kind, created_at) VALUES ($1, 'reply', 0) RETURNING id",
        request
    )?;
    let note = value!(
        tx,
        i64,
        "INSERT INTO message (request_id, kind, created_at) VALUES ($1, 'note', 0) RETURNING id",
        request
    )?;
    Ok((customer, request, reply, note))
}

db_test!(
    async fn a_file_is_read_by_those_who_may_read_what_it_hangs_on(t: TestDb) {
        let file = check(&limits(), "screen.png", png(&[]))?;
        let mut tx = t.db.begin().await?;
        let (customer, request, reply, note) = thread(&mut tx).await?;
        let mut keys = Vec::new();
        for owner in [
            Owner::Message(reply),
            Owner::Message(note),
            Owner::Portal,
            Owner::Pending { uploader: "me".into() },
        ] {
            keys.push(store(&mut tx, &t.chance, 0, &owner, &file).await?.key);
        }
        assert_eq!(value!(tx, i64, "SELECT COUNT(*) FROM blob")?, 1);
        tx.commit().await?;
        let readers = [
            ("staff", Reader { staff: true, ..Reader::default() }, [true, true, true, true]),
            ("owner", Reader { person_id: Some(customer), ..Reader::default() }, [true, false, true, false]),
            (
                "link",
                Reader { linked_request: Some(request), ..Reader::default() },
                [true, false, true, false],
            ),
            ("uploader", Reader { uploader: Some("me"), ..Reader::default() }, [false, false, true, true]),
            (
                "stranger",
                Reader { person_id: Some(customer + 1), ..Reader::default() },
                [false, false, true, false],
            ),
            ("anonymous", Reader::default(), [false, false, true, false]),
        ];
        let mut conn = t.db.read().await?;
        for (who, reader, expected) in readers {
            for (key, may) in keys.iter().zip(expected) {
                assert_eq!(open(&mut conn, key, &reader).await?.is_some(), may, "{who}");
            }
        }
        let content = open(&mut conn, &keys[2], &Reader::default()).await?.expect("public");
        assert!(content.public);
        assert_eq!(content.bytes(&mut conn).await?.as_deref(), Some(&file.bytes[..]));
        Ok(())
    }
);

db_test!(
    async fn an_articles_file_is_public_only_while_the_article_is(t: TestDb) {
        let file = check(&limits(), "screen.png", png(&[]))?;
        let mut tx = t.db.begin().await?;
        let article = value!(tx, i64, "INSERT INTO article (created_at) VALUES (0) RETURNING id")?;
        run!(
            tx,
            "INSERT INTO translation (article_id, locale, slug, live_revision_id, updated_at) VALUES ($1, 'ja', 'a', 1, 0)",
            article
        )?;
        let key = store(&mut tx, &t.chance, 0, &Owner::Article(article), &file).await?.key;
        assert!(open(&mut tx, &key, &Reader::default()).await?.is_some());
        run!(tx, "UPDATE article SET audience = 'internal'")?;
        assert!(open(&mut tx, &key, &Reader::default()).await?.is_none());
        run!(tx, "UPDATE article SET audience = 'public'")?;
        run!(tx, "UPDATE translation SET live_revision_id = NULL")?;
        assert!(open(&mut tx, &key, &Reader::default()).await?.is_none());
        Ok(())
    }
);

db_test!(
    async fn an_upload_waits_for_its_form_and_only_its_visitor_may_use_it(t: TestDb) {
        let file = check(&limits(), "screen.png", png(&[]))?;
        let mut tx = t.db.begin().await?;
        let (.., reply, _) = thread(&mut tx).await?;
        let mine = Owner::Pending { uploader: "me".into() };
        let first = store(&mut tx, &t.chance, 0, &mine, &file).await?;
        let second = store(&mut tx, &t.chance, PENDING_LIFETIME, &mine, &file).await?;
        let keys = [first.key.clone(), second.key.clone()];
        assert_eq!(pending(&mut tx, "me", &keys).await?, [first.clone(), second.clone()]);
        assert_eq!(pending(&mut tx, "you", &keys).await?, []);
        run!(tx, "UPDATE attachment SET message_id = $1, uploader = NULL WHERE id = $2", reply, first.id)?;
        assert_eq!(of_messages(&mut tx, [reply]).await?.remove(&reply), Some(vec![first]));
        sweep(&mut tx, PENDING_LIFETIME + 1).await?;
        assert_eq!(pending(&mut tx, "me", &keys).await?, [second]);
        sweep(&mut tx, 3 * PENDING_LIFETIME).await?;
        assert_eq!(pending(&mut tx, "me", &keys).await?, []);
        assert_eq!(value!(tx, i64, "SELECT COUNT(*) FROM blob")?, 1);
        run!(tx, "DELETE FROM attachment")?;
        sweep(&mut tx, 3 * PENDING_LIFETIME).await?;
        assert_eq!(value!(tx, i64, "SELECT COUNT(*) FROM blob")?, 0);
        Ok(())
    }
);
