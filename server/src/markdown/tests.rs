//! What authors write and what readers get.

use super::dom::{elements, text, values};
use super::{Heading, RenderOptions, excerpt, render};
use app::i18n::Locale;

fn article(markdown: &str) -> super::Rendered {
    render(markdown, &RenderOptions::article(Locale::En, "How to start"))
}

fn message(markdown: &str) -> super::Rendered {
    render(markdown, &RenderOptions::message(Locale::Ja))
}

#[test]
fn headings_get_anchors_levels_and_a_link() {
    let rendered = article(
        "# How to *start*\n\n# 準備 をする\n\ntext\n\n### Steps {#do-it}\n\n## Steps\n\n<h2>Raw</h2>",
    );
    let heading = |level, id: &str, text: &str| Heading { level, id: id.to_owned(), text: text.to_owned() };
    assert_eq!(
        rendered.headings,
        [
            heading(2, "s-準備-をする", "準備 をする"),
            heading(3, "s-do-it", "Steps"),
            heading(3, "s-steps", "Steps"),
            heading(3, "s-raw", "Raw"),
        ]
    );
    let heading = r##"<h3 id="s-do-it">Steps<a class="anchor" href="#s-do-it" aria-hidden="true" tabindex="-1"></a></h3>"##;
    assert!(rendered.html.contains(heading), "{}", rendered.html);
    assert!(!rendered.plain_text.contains('#'));
    assert!(!elements(&rendered.html).iter().any(|(name, _)| name == "h1"));
}

#[test]
fn links_into_texts_follow_their_anchors() {
    let rendered = article(
        "[a](#do-it) [b](/en/articles/other#part) [c](/ja/ask#form) [d](https://example.com/articles/x#y) [e](#s-z)",
    );
    assert_eq!(
        values(&rendered.html, "a", "href"),
        ["#s-do-it", "/en/articles/other#s-part", "/ja/ask#form", "https://example.com/articles/x#y", "#s-z"]
    );
    assert_eq!(values(&rendered.html, "a", "rel"), ["noopener"]);
}

#[test]
fn tables_scroll_in_a_region_of_their_own() {
    let html = article("| a | b |\n|:--|--:|\n| 1 | 2 |\n\n<table><tr><th></th><td><table><tr><td>x</td></tr></table></td></tr></table>").html;
    assert_eq!(values(&html, "div", "aria-label"), ["Table 1", "Table 2"]);
    assert_eq!(values(&html, "div", "tabindex"), ["0", "0"]);
    assert_eq!(values(&html, "td", "class"), ["align-left", "align-right"]);
    assert_eq!(
        elements(&html).iter().filter(|(name, _)| name == "th").count(),
        2,
        "an empty header is a cell"
    );
}

#[test]
fn code_says_its_language_and_is_counted() {
    let rendered = article("```rust,ignore title=x\nlet a = \"<b>\";\n```\n\n    plain\n\n`inline`");
    assert_eq!(rendered.code_blocks, 2);
    assert_eq!(values(&rendered.html, "div", "class"), ["code-block", "code-block"]);
    assert!(text(&rendered.html).contains("let a = \"<b>\";"));
    let html = article("```rust\nx\n```").html;
    assert_eq!(values(&html, "div", "data-lang"), ["rust"]);
}

#[test]
fn callouts_have_a_title_in_the_language_of_the_page() {
    let html =
        render("> [!NOTE]\n> 本文\n\n> [!WARNING] 大事\n> 本文", &RenderOptions::article(Locale::Ja, ""))
            .html;
    assert_eq!(values(&html, "div", "class"), ["callout callout-note", "callout callout-warning"]);
    let words = text(&html);
    assert!(words.contains("メモ") && words.contains("大事"), "{words}");
}

#[test]
fn images_have_their_size_and_come_late() {
    let size = |src: &str| (src == "/files/1/a.png").then_some((1400, 700));
    let options = RenderOptions { image_size: &size, ..RenderOptions::article(Locale::En, "") };
    let html = render(
        "![A](/files/1/a.png){width=\"700\"} ![B](/files/1/a.png) ![C](/files/2/c.png){align=center}",
        &options,
    )
    .html;
    assert_eq!(values(&html, "img", "width"), ["700", "1400"]);
    assert_eq!(values(&html, "img", "height"), ["350", "700"]);
    assert_eq!(values(&html, "img", "loading"), ["lazy"; 3]);
    assert_eq!(values(&html, "img", "decoding"), ["async"; 3]);
    assert!(!text(&html).contains('{'), "{html}");
}

#[test]
fn footnotes_lead_there_and_back() {
    let html = article("A[^1] B[^1]\n\n[^1]: Why.").html;
    let links = values(&html, "a", "href");
    let ids: Vec<String> = elements(&html)
        .into_iter()
        .flat_map(|(_, attributes)| attributes)
        .filter(|(key, _)| key == "id")
        .map(|(_, value)| format!("#{value}"))
        .collect();
    assert_eq!(links.len(), 4);
    for link in links {
        assert!(ids.contains(&link), "{link} leads to one of {ids:?}");
    }
    assert_eq!(values(&html, "section", "aria-label"), ["Footnotes"]);
}

#[test]
fn tasks_are_signs_with_words() {
    let html = article("- [x] done\n- [ ] open").html;
    assert_eq!(values(&html, "span", "aria-label"), ["Done", "Not done"]);
}

#[test]
fn words_that_only_look_like_tags_stay_readable() {
    for (input, expected) in [
        ("run ssh <your-project>@<host.name> now", "run ssh <your-project>@<host.name> now"),
        ("<environment-id>\n", "<environment-id>"),
        ("<table><tr><td>magento-cloud <project></td></tr></table>", "magento-cloud <project>"),
        ("x <soapenv:Header> y", "x <soapenv:Header> y"),
        ("a < b and c > d", "a < b and c > d"),
    ] {
        assert_eq!(text(&article(input).html).trim(), expected);
    }
}

#[test]
fn lists_hold_items_only() {
    let html = article("<ul>loose<li>one</li><p>two</p></ul><li>stray</li>").html;
    assert_eq!(html.trim(), "<ul><li>loose</li><li>one</li><li><p>two</p></li></ul><div>stray</div>");
}

#[test]
fn links_without_words_are_named_or_left_out() {
    let html = article("[](https://example.com) [![](/files/1/a.png)](/files/1/large.png)").html;
    assert_eq!(values(&html, "a", "aria-label"), ["large.png"]);
    assert_eq!(values(&html, "a", "href"), ["/files/1/large.png"]);
}

#[test]
fn a_message_is_plain_markdown_with_nothing_from_elsewhere() {
    let rendered = message(
        "# 困っています\n\n<b>太字</b>\n一行\n二行 https://example.com/x\n\n![track](https://example.com/t.gif) ![mine](/files/3/x.png)",
    );
    assert_eq!(rendered.headings[0].level, 3);
    assert_eq!(rendered.headings[0].id, "");
    let words = text(&rendered.html);
    assert!(words.contains("<b>太字</b>"), "{words}");
    assert_eq!(values(&rendered.html, "img", "src"), ["/files/3/x.png"]);
    assert_eq!(values(&rendered.html, "a", "rel"), ["noopener nofollow ugc"; 2]);
    assert_eq!(values(&rendered.html, "a", "href"), ["https://example.com/x", "https://example.com/t.gif"]);
    assert!(rendered.html.contains("<br>"));
}

#[test]
fn japanese_emphasis_works_beside_brackets() {
    assert!(article("これは**「重要」**です。").html.contains("<strong>「重要」</strong>"));
}

#[test]
fn plain_text_is_one_block_a_line() {
    let rendered = article(
        "## A\n\nb *c*\nd\n\n- e\n- f\n\n| g | h |\n|-|-|\n| i | j |\n\n> [!NOTE]\n> k[^1]\n\n[^1]: l",
    );
    assert_eq!(rendered.plain_text, "A\nb c d\ne\nf\ng h\ni j\nk1\nl");
}

#[test]
fn an_excerpt_ends_with_a_sentence_or_a_word() {
    assert_eq!(excerpt("短い文です。", 20), "短い文です。");
    assert_eq!(excerpt("一つ目の文です。二つ目の文はここで切れます", 12), "一つ目の文です。");
    assert_eq!(excerpt("First sentence. Second one is cut", 20), "First sentence.");
    assert_eq!(excerpt("word word word word", 12), "word word…");
}
