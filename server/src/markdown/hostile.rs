//! Hostile input: known attack shapes, random ones, and sizes that would take for ever.

use super::dom::{elements, violations};
use super::{Profile, RenderOptions, render};
use app::i18n::Locale;
use proptest::prelude::*;

/// One attack a line, from the public families: script and event handlers, schemes in every disguise, mutation by
/// foreign content and raw text, clobbering, broken nesting, CSS, forms, redirects.
const CORPUS: &str = include_str!("hostile.txt");

fn both() -> [RenderOptions<'static>; 2] {
    [RenderOptions::article(Locale::Ja, "題"), RenderOptions::message(Locale::En)]
}

fn assert_safe(input: &str) {
    for options in both() {
        let html = render(input, &options).html;
        let found = violations(&html, options.profile);
        assert!(found.is_empty(), "{found:?}\n from {input:?}\n to {html}");
    }
}

pub(super) fn attacks() -> Vec<String> {
    CORPUS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("## "))
        .map(|line| line.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0"))
        .collect()
}

#[test]
fn nothing_of_the_corpus_gets_through() {
    let attacks = attacks();
    assert!(attacks.len() > 150, "the corpus was read: {}", attacks.len());
    for attack in &attacks {
        assert_safe(attack);
    }
}

#[test]
fn nothing_of_the_corpus_gets_through_inside_of_markdown() {
    for attack in attacks() {
        let line = attack.replace('\n', " ");
        assert_safe(&format!("> {line}"));
        assert_safe(&format!("- {line}\n  1. {line}"));
        assert_safe(&format!("| a |\n| - |\n| {line} |"));
        assert_safe(&format!("# {line} {{#{line}}}"));
        assert_safe(&format!("> [!NOTE] {line}\n> {line}"));
        assert_safe(&format!("[{line}]({line})\n\n![{line}]({line}){{width={line}}}"));
        assert_safe(&format!("[x]: {line} '{line}'\n\n[x] ![x]"));
        assert_safe(&format!("```{line}\n{line}\n```"));
        assert_safe(&format!("a[^{line}]\n\n[^{line}]: {line}"));
        assert_safe(&format!("<table><tr><td>{attack}</table>"));
        assert_safe(&format!("<details><summary>{attack}</summary>{attack}</details>"));
        assert_safe(&format!("<a href=\"{attack}\" id=\"{attack}\" title='{attack}'>{attack}</a>"));
    }
}

#[test]
fn pairs_of_the_corpus_do_not_help_each_other() {
    let attacks = attacks();
    for (at, first) in attacks.iter().enumerate() {
        let second = &attacks[(at * 7 + 13) % attacks.len()];
        assert_safe(&format!("{first}{second}"));
        assert_safe(&format!("{first}\n\n{second}"));
    }
}

#[test]
fn bytes_that_are_no_utf8_are_read_without_harm() {
    for bytes in [
        &b"\xff\xfe<script>alert(1)</script>"[..],
        b"<img src=\xc0\xafx onerror=alert(1)>",
        b"[a](java\xe3\x81script:alert(1))",
        b"\xed\xa0\x80<b\xf0\x9f>x",
        b"<a href=\"javascript\x00:alert(1)\">x</a>",
        b"\xef\xbb\xbf# title",
    ] {
        assert_safe(&String::from_utf8_lossy(bytes));
    }
}

/// The depth of the result, walked without recursion.
fn depth(html: &str) -> usize {
    let mut deepest = 0;
    let dom = super::dom::parse(html);
    let mut queue = vec![(dom.document.clone(), 0)];
    while let Some((node, level)) = queue.pop() {
        deepest = deepest.max(level);
        queue.extend(node.children.borrow().iter().map(|child| (child.clone(), level + 1)));
    }
    deepest
}

#[test]
fn deep_nesting_is_drawn_flat() {
    let n = 5_000;
    for input in [
        "> ".repeat(n) + "x",
        ">".repeat(n) + "x",
        "- ".repeat(n) + "x",
        "<div>".repeat(n) + "x",
        "<blockquote>".repeat(n) + "x" + &"</blockquote>".repeat(n),
        "<b>".repeat(n) + "x",
        "<table><tr><td>".repeat(n / 4),
        "<ul><li>".repeat(n / 2),
        "[".repeat(n) + "x" + &"](a)".repeat(n),
        "![".repeat(n),
        "*a **b ".repeat(n),
        "_a ".repeat(n),
        "~~a ".repeat(n),
        "`a ``b ".repeat(n),
        "<a <b ".repeat(n),
        "<!-- ".repeat(n),
        "<![CDATA[".repeat(n),
        "[^a]".repeat(n) + "\n\n[^a]: x",
        "|a".repeat(2_000) + "|\n" + &"|-".repeat(2_000) + "|\n",
        "# ".repeat(n),
        "&".repeat(n),
        "{#".repeat(n) + &"}".repeat(n),
        (0..2_000).map(|i| format!("{}- x\n", "  ".repeat(i))).collect(),
        (0..2_000).map(|i| format!("<b id=a{i}><p>")).collect(),
        (0..2_000).map(|i| format!("<font color={i}>")).collect(),
    ] {
        for options in both() {
            let html = render(&input, &options).html;
            assert!(violations(&html, options.profile).is_empty(), "{}", &input[..40]);
            assert!(depth(&html) < 500, "{} is {} deep", &input[..40], depth(&html));
        }
    }
}

#[test]
fn an_id_cannot_take_the_place_of_something_of_the_page() {
    let html = render(
        "<a id=location>x</a> <p id=main name=body>y</p> <img name=cookie src=/a.png> <form id=forms>\n\n## getElementById\n\n## x {#document}",
        &RenderOptions::article(Locale::En, ""),
    )
    .html;
    for (element, attributes) in elements(&html) {
        for (key, value) in attributes {
            assert_ne!(key, "name", "{element}");
            assert!(key != "id" || value.starts_with("s-"), "{element} {value}");
        }
    }
}

/// Pieces from which attacks are put together.
pub(super) fn piece() -> impl Strategy<Value = String> {
    let tags = [
        "script",
        "img",
        "a",
        "svg",
        "math",
        "style",
        "iframe",
        "p",
        "div",
        "table",
        "td",
        "form",
        "input",
        "details",
        "noscript",
        "template",
        "title",
        "textarea",
        "mtext",
        "mglyph",
        "foreignObject",
        "h1",
        "li",
        "ul",
        "pre",
        "select",
    ];
    let attributes = [
        "href",
        "src",
        "onerror",
        "onload",
        "style",
        "id",
        "name",
        "class",
        "srcdoc",
        "formaction",
        "xlink:href",
        "action",
    ];
    let values = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//evil.example/x",
        "&#106;avascript:alert(1)",
        "x\" onmouseover=\"alert(1)",
        "/files/1/a.png",
        "#x",
        "&quot;><script>",
    ];
    let marks = [
        "[",
        "](",
        ")",
        "![",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "| ",
        "<",
        ">",
        "\"",
        "'",
        "</",
        "/>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "&lt;",
        "{#",
        "}",
        "# ",
        "*",
        "[^1]",
        "[^1]: ",
        "[!NOTE]",
        "\0",
        "\u{feff}",
        "\\",
        "~~~\n",
    ];
    prop_oneof![
        (
            prop::sample::select(tags.to_vec()),
            prop::sample::select(attributes.to_vec()),
            prop::sample::select(values.to_vec())
        )
            .prop_map(|(tag, attribute, value)| format!("<{tag} {attribute}=\"{value}\">")),
        prop::sample::select(tags.to_vec()).prop_map(|tag| format!("<{tag}>")),
        prop::sample::select(tags.to_vec()).prop_map(|tag| format!("</{tag}>")),
        prop::sample::select(values.to_vec()).prop_map(str::to_owned),
        prop::sample::select(values.to_vec()).prop_map(|value| format!("[x]({value})")),
        prop::sample::select(marks.to_vec()).prop_map(str::to_owned),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn whatever_goes_in_only_what_is_allowed_comes_out(pieces in prop::collection::vec(piece(), 1..14)) {
        let input = pieces.concat();
        for options in both() {
            let html = render(&input, &options).html;
            let found = violations(&html, options.profile);
            prop_assert!(found.is_empty(), "{found:?}\n to {html}");
        }
    }

    #[test]
    fn a_message_keeps_every_letter_that_was_typed(text in "[a-zA-Zあ-ん<>&\"' ]{0,60}") {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let html = render(&text, &both()[1]).html;
        prop_assert_eq!(letters(&super::dom::text(&html)).replace('…', ""), letters(&text));
    }
}

#[test]
fn the_policy_finds_what_it_forbids() {
    for (html, profile) in [
        ("<p><b>x<script>1</script></b></p>", Profile::Article),
        ("<div><img src=a onerror=b></div>", Profile::Article),
        ("<a href=\"java\tscript:x\">x</a>", Profile::Article),
        ("<p id=main>x</p>", Profile::Article),
        ("<p id=s-a>x</p><i id=s-a>y</i>", Profile::Article),
        ("<svg><a>x</a></svg>", Profile::Article),
        ("<p class=skip>x</p>", Profile::Article),
        ("<p style=x>x</p>", Profile::Article),
        ("<h1>x</h1>", Profile::Article),
        ("<!--x-->", Profile::Article),
        ("<h2>x</h2>", Profile::Message),
        ("<p id=s-a>x</p>", Profile::Message),
        ("<img src=//evil.example/x>", Profile::Message),
    ] {
        assert!(!violations(html, profile).is_empty(), "{html}");
    }
    let fine = "<h2 id=s-a>x</h2><p><a href=/x>y</a></p><img src=/files/1/a.png alt=z>";
    assert_eq!(violations(fine, Profile::Article), Vec::<String>::new());
}

#[test]
fn both_profiles_are_tested() {
    assert_eq!(both().map(|options| options.profile), [Profile::Article, Profile::Message]);
}
