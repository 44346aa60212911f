//! The words of a text as [`super::render`] has them, without drawing it where that can be done: for search.

use app::i18n::Locale;

use super::RenderOptions;
use super::allow::clean;
use super::decorate::{BLOCKS, decorate, tidy};
use super::html::is_heading;
use super::sound::{self, Event};
use super::tree::to_html;

/// The words of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub headings: Vec<String>,
    /// One block a line.
    pub plain: String,
}

/// The headings and the plain text of an article, as [`super::render`] finds them.
pub fn read(markdown: &str, locale: Locale, title: &str) -> Text {
    let options = RenderOptions::article(locale, title);
    let html = to_html(markdown, &options);
    read_sound(&html).unwrap_or_else(|| {
        let rendered = decorate(&clean(&html), &options);
        let headings = rendered.headings.into_iter().map(|heading| heading.text).collect();
        Text { headings, plain: rendered.plain_text }
    })
}

/// What sound HTML says; `None` of any other.
fn read_sound(html: &str) -> Option<Text> {
    let mut reader = Reader::default();
    sound::read(html, |event| reader.take(event))
        .then(|| Text { headings: reader.headings, plain: tidy(&reader.plain) })
}

#[derive(Default)]
struct Reader {
    plain: String,
    headings: Vec<String>,
    /// The words of the heading that is open.
    heading: Option<String>,
    /// How many elements are open whose words are not read on.
    silent: usize,
    /// How many are open in which line breaks stay.
    preformatted: usize,
}

impl Reader {
    fn take(&mut self, event: Event) {
        match event {
            Event::Text(text) => {
                if let Some(heading) = &mut self.heading {
                    heading.push_str(&text);
                }
                if self.silent > 0 {
                    return;
                }
                if self.preformatted > 0 {
                    self.plain.push_str(&text);
                } else {
                    self.plain.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
                }
            }
            Event::Open { name, silent } => {
                if is_heading(name) {
                    self.heading = Some(String::new());
                }
                self.begin_line(name);
                self.silent += usize::from(silent);
                self.preformatted += usize::from(name == "pre");
            }
            Event::Close { name, silent } => {
                if is_heading(name)
                    && let Some(heading) = self.heading.take()
                {
                    let words: Vec<&str> = heading.split_whitespace().collect();
                    if !words.is_empty() {
                        self.headings.push(words.join(" "));
                    }
                }
                self.silent -= usize::from(silent);
                self.preformatted -= usize::from(name == "pre");
                self.begin_line(name);
                if matches!(name, "td" | "th") {
                    self.plain.push(' ');
                }
            }
            Event::Void(name) => {
                if name == "br"
                    && let Some(heading) = &mut self.heading
                {
                    heading.push(' ');
                }
                if matches!(name, "br" | "hr") {
                    self.plain.push('\n');
                }
            }
        }
    }

    fn begin_line(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            self.plain.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markdown::hostile::{attacks, piece};
    use crate::markdown::render;

    /// What the sanitiser and the drawing find.
    fn drawn(html: &str) -> Text {
        let rendered = decorate(&clean(html), &RenderOptions::article(Locale::En, ""));
        let headings = rendered.headings.into_iter().map(|heading| heading.text).collect();
        Text { headings, plain: rendered.plain_text }
    }

    fn agrees(markdown: &str) {
        let rendered = render(markdown, &RenderOptions::article(Locale::Ja, "題"));
        let read = read(markdown, Locale::Ja, "題");
        assert_eq!(read.plain, rendered.plain_text, "{markdown:?}");
        assert!(
            read.headings.iter().eq(rendered.headings.iter().map(|heading| &heading.text)),
            "{markdown:?}"
        );
    }

    /// Whether some HTML is read off as it is.
    fn is_sound(html: &str) -> bool {
        read_sound(html).is_some()
    }

    #[test]
    fn what_authors_write_is_read_off_without_a_parser() {
        for html in [
            "<h2>A &amp; <code>b</code></h2>\n<p>c<br />\nd <img src=\"/files/1/a.png\" alt=\"e\" /></p>",
            "<table data-x=\"y\">\n<col>\n<tbody>\n<tr>\n<td role=\"cell\"><p>a</p>\n<ul>\n<li>b</li></ul></td><th></th></tr></tbody></table>",
            "<details open><summary>a</summary>\n<p>b</p></details>",
            "<section class=\"footnotes\"><ol><li id=\"fn-1\"><p>a <a href=\"#fnref-1\" class=\"footnote-backref\">↩</a></p></li></ol></section>",
            "<div class=\"markdown-alert markdown-alert-note\">\n<p class=\"markdown-alert-title\">Note</p>\n<p>a</p></div>",
            "<pre><code class=\"language-sh\">\na\n  b\n</code></pre>",
            "<table><tr><td><p>a<td>b</p><tr></td></tr></tr></table>",
            "<table><tbody><td>a<ul><li>b</td></tbody></table>",
            "<p>a<p>b<ul><li><p>c</li><li>d<li>e</ul><blockquote><p>f</blockquote>g</p>h",
        ] {
            assert_eq!(read_sound(html), Some(drawn(html)), "{html}");
        }
    }

    #[test]
    fn what_a_parser_would_change_is_left_to_it() {
        for html in [
            "<p><b>a<p>b</b></p>",
            "<td>a</td>",
            "<p>a<td>b",
            "<ul><li><b>a<li>b</b></ul>",
            "<p>a<table><tr><td>b</td></tr></table></p>",
            "<table>a<tr><td>b</td></tr></table>",
            "<table><tr><p>a</p></tr></table>",
            "<ul>a<li>b</li></ul>",
            "<li>a</li>",
            "<b>a<i>b</b>c</i>",
            "<a href=\"/a\">b<a href=\"/c\">d</a></a>",
            "<h2>a<h3>b</h3></h2>",
            "<p/>a",
            "<script>a</script>",
            "<font>a</font>",
            "<P>a</P>",
            "<p class='markdown-alert-title'>a</p>",
            "<p class=\"markdown&#45;alert-title\">a</p>",
            "<a class=\"footnote-backref\" href=\"javascript:x\">a</a>",
            "a &hellip; b",
            "a < b",
            "<!-- a -->",
            "a\0b",
            "\u{feff}a",
        ] {
            assert!(!is_sound(html), "{html}");
        }
    }

    #[test]
    fn attacks_are_read_as_they_are_drawn() {
        for attack in attacks() {
            agrees(&attack);
            agrees(&format!(
                "# {attack}\n\n> [!NOTE]\n> {attack}\n\n- {attack}\n\n| a |\n| - |\n| {attack} |\n\n[^1]\n\n[^1]: {attack}"
            ));
        }
    }

    /// HTML that is sound, or nearly.
    fn html() -> impl Strategy<Value = String> {
        let around = [
            "<a>|</a>",
            "<b>|</b>",
            "<blockquote>|</blockquote>",
            "<code>|</code>",
            "<details>|</details>",
            "<div>|</div>",
            "<em>|</em>",
            "<figure>|</figure>",
            "<h2>|</h2>",
            "<h3>\n|</h3>",
            "<li>|</li>",
            "<li>|",
            "<p>|</p>",
            "<p>|",
            "|</p>",
            "|</tr>",
            "|</td>",
            "<tr>|",
            "<td>|",
            "<td><p>|</td>",
            "<ul><li>|<li>a</ul>",
            "<dl><dt>|<dd><p>a</dl>",
            "<p class=\"markdown-alert-title\">|</p>",
            "<pre>|</pre>",
            "<pre>\n<code>|</code></pre>",
            "<section>|</section>",
            "<span>|</span>",
            "<summary>|</summary>",
            "<table>|</table>",
            "<td>|</td>",
            "<tr>|</tr>",
            "<ul>|</ul>",
            "<table><colgroup><col> </col>|</colgroup>\n<tr><td>|</tr></table>",
            "<table><col></col><tr><th>|</th><td>|</tr>\n<tr></tr></table>",
            "<ul>\n<li>|</li>\n</ul>",
            "<ol><li>a</li><li>|</li></ol>",
            "<dl><dt>a</dt>\n<dd>|</dd></dl>",
            "<table><col><tr><td>|</td><th>b</th></tr></table>",
            "<table>\n<caption>|</caption><tbody>\n<tr></tr></tbody></table>",
            "<a class=\"footnote-backref\" href=\"#fnref-1\">|</a>",
        ];
        let words =
            ["a", " b", "\n", "&lt;c&amp;lt;", "<br>", "<hr>", "<img src=\"/a.png\">", "<input />", "日本 "];
        prop::sample::select(words.to_vec()).prop_map(str::to_owned).prop_recursive(5, 40, 3, move |inside| {
            (prop::sample::select(around.to_vec()), prop::collection::vec(inside, 0..4))
                .prop_map(|(around, inside)| around.replace('|', &inside.concat()))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        #[test]
        fn sound_html_says_what_the_sanitiser_leaves_of_it(html in html()) {
            if let Some(text) = read_sound(&html) {
                prop_assert_eq!(text, drawn(&html));
            }
        }

        #[test]
        fn any_text_is_read_as_it_is_drawn(pieces in prop::collection::vec(piece(), 1..14)) {
            agrees(&pieces.concat());
        }
    }
}
