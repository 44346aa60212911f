//! The importer as its callers see it: sources with everything that goes wrong, plans, and what stands in the
//! database afterwards.

use super::source::Limits;
use super::{ImportOptions, Known, PlanOptions, Report, Source, SourceError, import, plan};
use crate::storage::{all, first, run, value};
use crate::testing::{TestDb, db_test};
use app::i18n::Locale;
use std::borrow::Cow;
use std::io::Write as _;
use std::path::Path;
use zip::write::SimpleFileOptions;

/// A PNG of one pixel.
const PIXEL: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 58,
    126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 218, 99, 248, 15, 0, 1, 1, 1, 0, 28, 176, 140, 153, 0, 0,
    0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

fn memory(files: &[(&str, &[u8])]) -> Source {
    Source::memory("kb", files.iter().map(|(path, bytes)| ((*path).to_owned(), Cow::Owned(bytes.to_vec()))))
}

fn texts(files: &[(&str, &str)]) -> Source {
    memory(&files.iter().map(|(path, text)| (*path, text.as_bytes())).collect::<Vec<_>>())
}

fn by_folder() -> PlanOptions {
    PlanOptions { locale_from_folder: true, category_from_folder: true, ..PlanOptions::default() }
}

async fn imported(t: &TestDb, source: &mut Source, plan: PlanOptions) -> anyhow::Result<Report> {
    let options = ImportOptions { plan, ..ImportOptions::default() };
    Ok(import(&t.db, &t.clock, &t.chance, source, &options, &mut |_| {}).await?)
}

fn told(report: &Report) -> Vec<String> {
    report.problems.iter().map(ToString::to_string).collect()
}

/// Two languages of one article beside another, with an image, links and a table of contents.
fn small() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("en/TOC.md", b"# Guide\n\n* Billing matters {#b}\n  * [Invoices](/help/billing/invoices.md)\n  * [Plans](billing/plans.md)\n"),
        ("ja/TOC.md", "# 手引き\n\n* ご請求\n  * [請求書](billing/invoices.md)\n".as_bytes()),
        (
            "en/billing/invoices.md",
            b"---\ntitle: Find an [!DNL Kotae] invoice\ndescription: Where invoices are.\ntags: billing\nredirect_from: /old/invoices\n---\n\
              # Find an invoice\n\nSee ![the page](assets/page.png){width=\"300\"} and [plans](plans.md#change).\n",
        ),
        (
            "ja/billing/invoices.md",
            "---\ntitle: 請求書を探す\n---\n本文です。[プラン](/help/billing/plans.md)と![画面 の図](assets/page.png)。\n".as_bytes(),
        ),
        ("en/billing/plans.md", b"---\ntitle: Change plans\n---\n## Change {#change}\n\nText. [gone](gone.md)\n"),
        ("en/billing/assets/page.png", PIXEL),
        ("LICENSE.md", b"MIT"),
    ]
}

db_test!(
    async fn links_to_the_portals_own_pages_stay_links(t: TestDb) {
        let text = "---\ntitle: Welcome\n---\n[Ask](/en/ask?kind=idea), [mine](/en/requests), [gone](/en/nowhere).\n";
        let report = imported(&t, &mut texts(&[("welcome.md", text)]), PlanOptions::default()).await?;
        assert_eq!(
            told(&report),
            ["welcome.md: linked pages are not in the source, their words stay without a link: /en/nowhere"]
        );
        let body = value!(t.db.read().await?, String, "SELECT body FROM revision")?;
        assert_eq!(body, "[Ask](/en/ask?kind=idea), [mine](/en/requests), gone.\n");
        Ok(())
    }
);

db_test!(
    async fn an_import_makes_articles_with_their_translations_links_images_and_redirects(t: TestDb) {
        let report = imported(&t, &mut memory(&small()), by_folder()).await?;
        assert_eq!((report.created, report.skipped, report.articles), (3, 1, 2));
        assert_eq!(
            told(&report),
            [
                "LICENSE.md: this is about the files themselves, not an article",
                "en/billing/plans.md: linked pages are not in the source, their words stay without a link: gone.md",
            ]
        );
        let mut conn = t.db.read().await?;
        let rows = all!(
            conn,
            (i64, String, String, String, String, String),
            "SELECT article.id, translation.locale, translation.slug, revision.title, revision.summary, revision.body
             FROM article JOIN translation ON translation.article_id = article.id
             JOIN revision ON revision.id = translation.live_revision_id
             ORDER BY translation.slug, translation.locale"
        )?;
        let of = |slug: &str, locale: &str| {
            rows.iter().find(|row| row.2 == slug && row.1 == locale).expect("imported")
        };
        let en = of("invoices", "en");
        assert_eq!((en.3.as_str(), en.4.as_str()), ("Find an Kotae invoice", "Where invoices are."));
        assert_eq!(en.0, of("invoices", "ja").0, "two languages of one article");
        let key = value!(conn, String, "SELECT key FROM attachment WHERE article_id = $1", en.0)?;
        assert_eq!(
            en.5,
            format!(
                "See ![the page](/files/{key}/page%2Epng){{width=300}} and [plans](/en/articles/plans#change).\n"
            )
        );
        let ja = of("invoices", "ja");
        assert_eq!(ja.4, "本文です。プランと。", "the first words stand in for a summary");
        assert!(ja.5.contains("[プラン](/ja/articles/plans)"), "{}", ja.5);
        assert!(
            ja.5.contains(&format!("![画面 の図](/files/{key}/page%2Epng)")),
            "one file, one attachment: {}",
            ja.5
        );
        let names = all!(
            conn,
            (String, String, String),
            "SELECT category.slug, category_text.locale, name FROM category_text
             JOIN category ON category.id = category_id ORDER BY 1, 2"
        )?;
        let names: Vec<_> = names
            .iter()
            .map(|(slug, locale, name)| (slug.as_str(), locale.as_str(), name.as_str()))
            .collect();
        assert_eq!(names, [("billing", "en", "Billing matters"), ("billing", "ja", "ご請求")]);
        let target = value!(conn, String, "SELECT target FROM redirect WHERE path = '/old/invoices'")?;
        assert_eq!(target, "/en/articles/invoices");
        let tags = value!(
            conn,
            i64,
            "SELECT COUNT(*) FROM article_tag JOIN tag ON tag.id = tag_id WHERE name = 'billing'"
        )?;
        assert_eq!(tags, 1);
        Ok(())
    }
);

db_test!(
    async fn a_second_import_changes_nothing(t: TestDb) {
        imported(&t, &mut memory(&small()), by_folder()).await?;
        let count = "SELECT (SELECT COUNT(*) FROM revision) + 1000 * (SELECT COUNT(*) FROM attachment)
                     + 1000000 * (SELECT COUNT(*) FROM change) + 1000000000 * (SELECT COUNT(*) FROM category)";
        let before = value!(t.db.read().await?, i64, count)?;
        let report = imported(&t, &mut memory(&small()), by_folder()).await?;
        assert_eq!((report.created, report.updated, report.unchanged), (0, 0, 3));
        assert_eq!((report.categories_created, report.attachments_created, report.redirects_kept), (0, 0, 0));
        assert_eq!(value!(t.db.read().await?, i64, count)?, before);
        Ok(())
    }
);

db_test!(
    async fn a_changed_file_becomes_a_new_revision_at_the_same_address(t: TestDb) {
        imported(&t, &mut memory(&small()), by_folder()).await?;
        let mut files = small();
        files[4].1 = b"---\ntitle: Change plans\nstatus: draft\n---\nNew text.\n";
        // A new file of the same name near the top would want the address; it gets another.
        files.push(("en/invoices.md", b"---\ntitle: Another\n---\nText\n"));
        files.push(("en/other/x.md", b"---\ntitle: X\n---\nText\n"));
        let report = imported(&t, &mut memory(&files), by_folder()).await?;
        assert_eq!((report.created, report.updated, report.unchanged), (2, 1, 2));
        let mut conn = t.db.read().await?;
        let row = first!(
            conn,
            (i64, Option<i64>, i64),
            "SELECT head_revision_id, live_revision_id, (SELECT MAX(number) FROM revision WHERE translation_id = translation.id)
             FROM translation WHERE slug = 'plans' AND locale = 'en'"
        )?
        .expect("still there");
        assert_eq!((row.1, row.2), (None, 2), "a draft now, with its history");
        let slugs = all!(conn, (String,), "SELECT slug FROM translation WHERE locale = 'en' ORDER BY slug")?;
        let slugs: Vec<_> = slugs.iter().map(|row| row.0.as_str()).collect();
        assert_eq!(slugs, ["invoices", "invoices-2", "plans", "x"]);
        Ok(())
    }
);

db_test!(
    async fn what_was_edited_at_the_desk_is_not_overwritten_silently(t: TestDb) {
        imported(&t, &mut memory(&small()), by_folder()).await?;
        let mut tx = t.db.begin().await?;
        let person = value!(
            tx,
            i64,
            "INSERT INTO person (email, name, role, locale, created_at) VALUES ('aoi@example.com', 'Aoi', 'cre', 'ja', 1) RETURNING id"
        )?;
        run!(
            tx,
            "UPDATE revision SET author_id = $1 WHERE id IN (SELECT head_revision_id FROM translation WHERE slug = 'plans')",
            person
        )?;
        tx.commit().await?;
        let mut files = small();
        files[4].1 = b"---\ntitle: Change plans\n---\nNew text.\n";
        let report = imported(&t, &mut memory(&files), by_folder()).await?;
        assert_eq!((report.updated, report.unchanged, report.skipped), (0, 2, 2));
        assert!(told(&report)[1].contains("edited at the desk"), "{:?}", told(&report));
        let options = ImportOptions { plan: by_folder(), overwrite: true, ..ImportOptions::default() };
        let report = import(&t.db, &t.clock, &t.chance, &mut memory(&files), &options, &mut |_| {}).await?;
        assert_eq!(report.updated, 1);
        Ok(())
    }
);

db_test!(
    async fn a_dry_run_tells_and_writes_nothing(t: TestDb) {
        let options = ImportOptions { plan: by_folder(), dry_run: true, ..ImportOptions::default() };
        let mut seen = Vec::new();
        let mut progress = |progress: crate::import::Progress| seen.push((progress.done, progress.total));
        let report =
            import(&t.db, &t.clock, &t.chance, &mut memory(&small()), &options, &mut progress).await?;
        assert_eq!((report.created, report.categories_created, report.redirects_kept), (3, 1, 1));
        assert_eq!(seen.last(), Some(&(3, 3)));
        for table in ["article", "category", "redirect", "imported", "audit_entry"] {
            let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
            assert_eq!(value!(t.db.read().await?, i64, sql)?, 0, "{table}");
        }
        Ok(())
    }
);

db_test!(
    async fn a_broken_file_is_told_and_the_others_come_in(t: TestDb) {
        let files: Vec<(&str, &[u8])> = vec![
            ("good.md", b"---\ntitle: Good\n---\nText"),
            ("open.md", b"---\ntitle: Never closed\n"),
            ("yaml.md", b"---\ntitle: [a\nx: y\n---\nText"),
            ("bytes.md", b"---\ntitle: Bytes\n---\nline\n\xff\xfe"),
            ("nul.md", b"a\0b"),
            ("empty.md", b"  \n"),
            ("a.md", b"---\ntitle: A\nslug: same\n---\nText"),
            ("b.md", b"---\ntitle: B\nslug: Same\n---\nText"),
            ("disguised.md", b"---\ntitle: D\n---\n![picture of it](evil.png)"),
            ("evil.png", b"<script>alert(1)</script>"),
        ];
        let report = imported(&t, &mut memory(&files), PlanOptions::default()).await?;
        assert_eq!((report.created, report.skipped), (3, 6));
        let told = told(&report);
        let of = |file: &str| told.iter().find(|line| line.starts_with(file)).map_or("", String::as_str);
        assert_eq!(of("open.md"), "open.md:1: the front matter begins with --- but has no closing ---");
        assert!(of("yaml.md").contains("is not valid YAML"), "{}", of("yaml.md"));
        assert_eq!(
            of("bytes.md"),
            "bytes.md: the text is not UTF-8 (first wrong byte on line 5); save it as UTF-8"
        );
        assert!(of("nul.md").contains("NUL"));
        assert_eq!(of("empty.md"), "empty.md: it is empty");
        assert!(of("b.md").contains("claimed by a.md"), "{}", of("b.md"));
        assert!(of("disguised.md").contains("evil.png"), "{}", of("disguised.md"));
        assert_eq!(value!(t.db.read().await?, i64, "SELECT COUNT(*) FROM attachment")?, 0);
        assert_eq!(value!(t.db.read().await?, i64, "SELECT COUNT(*) FROM translation")?, 3);
        Ok(())
    }
);

#[test]
fn languages_are_guessed_from_their_letters() {
    let mut source = texts(&[
        ("a.md", "# How to start\n\nText"),
        ("b.md", "# はじめかた\n\n本文"),
        ("c.md", "---\nlang: en\n---\n日本語の本文がここにあるけれども英語と言う"),
    ]);
    let plan = plan(&mut source, &PlanOptions::default(), &Known::default());
    let locales: Vec<_> = plan.articles.iter().map(|article| article.translations[0].locale).collect();
    assert_eq!(locales, [Locale::En, Locale::Ja, Locale::En]);
    assert_eq!(plan.articles[0].translations[0].title, "How to start");
}

#[test]
fn one_folder_around_everything_is_no_category() {
    let mut source = texts(&[
        ("en/all/a/x.md", "# X"),
        ("en/all/b/y.md", "# Y"),
        ("en/all/home.md", "# Home"),
        ("ja/all/a/x.md", "# あ"),
    ]);
    let plan = plan(&mut source, &by_folder(), &Known::default());
    let slugs: Vec<_> = plan.categories.iter().map(|category| category.slug.as_str()).collect();
    assert_eq!(slugs, ["general", "a", "b"]);
    assert!(plan.articles.iter().all(|article| article.category.is_some()));
}

#[test]
fn files_in_no_language_folder_are_told() {
    let mut source = texts(&[("en/x.md", "# X"), ("y.md", "# Y")]);
    let planned = plan(&mut source, &by_folder(), &Known::default());
    assert_eq!(planned.translations(), 1);
    assert!(planned.problems[0].to_string().starts_with("y.md: it is in no language folder"));
    let options = PlanOptions { locale: Some(Locale::Ja), ..by_folder() };
    assert_eq!(plan(&mut source, &options, &Known::default()).translations(), 2);
}

fn zip(path: &Path, files: &[(&str, &[u8])]) -> anyhow::Result<()> {
    let mut writer = zip::ZipWriter::new(std::fs::File::create(path)?);
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default())?;
        writer.write_all(bytes)?;
    }
    writer.finish()?;
    Ok(())
}

#[test]
fn a_zip_archive_and_a_folder_give_the_same() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let archive = folder.path().join("kb.zip");
    zip(&archive, &small())?;
    let unpacked = folder.path().join("kb");
    for (path, bytes) in small() {
        let path = unpacked.join(path);
        std::fs::create_dir_all(path.parent().expect("below"))?;
        std::fs::write(path, bytes)?;
    }
    std::os::unix::fs::symlink("/etc/passwd", unpacked.join("en/passwd.md"))?;
    std::fs::write(unpacked.join(".hidden.md"), "x")?;
    let (mut zip, mut dir) = (Source::open(&archive)?, Source::open(&unpacked)?);
    assert_eq!((zip.name(), dir.name()), ("kb", "kb"));
    assert_eq!(zip.files(), dir.files());
    assert_eq!(zip.read("en/billing/assets/page.png")?, PIXEL);
    assert_eq!(dir.read("en/billing/assets/page.png")?, PIXEL);
    assert_eq!(dir.refused().len(), 1, "the symbolic link");
    assert!(zip.read("../kb.zip").is_err() && dir.read("../kb.zip").is_err());
    Ok(())
}

#[test]
fn archives_that_are_broken_escape_or_explode_are_refused_whole() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    let error = |path: &Path| Source::open(path).err().map_or_else(String::new, |error| error.to_string());

    assert!(error(&at("gone.zip")).contains("does not exist"));
    std::fs::write(at("text.txt"), "words")?;
    assert!(error(&at("text.txt")).contains("neither a folder nor a zip archive"));
    std::fs::write(at("text.zip"), "words")?;
    assert!(error(&at("text.zip")).contains("broken"));
    zip(&at("cut.zip"), &[("a.md", &[b'x'; 5_000])])?;
    let whole = std::fs::read(at("cut.zip"))?;
    std::fs::write(at("cut.zip"), &whole[..whole.len() / 2])?;
    assert!(error(&at("cut.zip")).contains("broken"));
    for name in ["../evil.md", "a/../../evil.md", "/etc/evil.md", "C:\\evil.md", "a\\..\\..\\evil.md"] {
        zip(&at("slip.zip"), &[("good.md", b"x"), (name, b"x")])?;
        assert!(matches!(Source::open(&at("slip.zip")), Err(SourceError::Escapes(_))), "{name}");
    }
    zip(&at("bomb.zip"), &[("bomb.md", &vec![0; 30_000_000])])?;
    assert!(matches!(Source::open(&at("bomb.zip")), Err(SourceError::Explodes(_))));
    zip(&at("many.zip"), &[("a.md", &[b'x'; 600]), ("b.md", &[b'x'; 600])])?;
    let limits = Limits { total: 1_000, ..Limits::default() };
    assert!(matches!(Source::open_with(&at("many.zip"), limits), Err(SourceError::Explodes(_))));
    let limits = Limits { files: 1, ..Limits::default() };
    assert!(matches!(
        Source::open_with(&at("many.zip"), limits),
        Err(SourceError::TooMany { found: 2, limit: 1 })
    ));
    Ok(())
}

#[test]
fn a_zip_that_lies_about_a_size_is_not_believed() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("lie.zip");
    zip(&path, &[("a.md", &[b'x'; 5_000]), ("b.md", b"# B")])?;
    let mut bytes = std::fs::read(&path)?;
    // The size of the first file in the central directory, made smaller.
    let at = bytes.windows(4).position(|window| window == b"PK\x01\x02").expect("there is a directory");
    bytes[at + 24..at + 28].copy_from_slice(&100_u32.to_le_bytes());
    std::fs::write(&path, bytes)?;
    let mut source = Source::open(&path)?;
    assert!(source.read_text("a.md").is_err());
    assert_eq!(source.read_text("b.md"), Ok("# B".to_owned()));
    let planned = plan(&mut source, &PlanOptions::default(), &Known::default());
    assert_eq!((planned.translations(), planned.problems.len()), (1, 1));
    Ok(())
}
