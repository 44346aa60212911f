//! A message as a mail carries it: HTML with its styles inline, for mail programs know no style sheet, and text that
//! reads well where there is no HTML. Both are made of what the page of the request shows, so that nothing gets into
//! a mail that would not get onto a page.

mod html;
mod text;

use super::html::tokens;
use super::{RenderOptions, render};
use app::i18n::Locale;

/// Both parts of a mail, for the one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailBody {
    /// Safe to put into a mail as it is; no classes, no ids, all addresses absolute.
    pub html: String,
    /// Lines without the marks of Markdown, but for those of lists, quotations and code.
    pub text: String,
}

/// Renders the Markdown of a message for a mail. `base` is the portal's address, without a slash at its end.
pub fn for_mail(markdown: &str, locale: Locale, base: &str) -> MailBody {
    let rendered = render(markdown, &RenderOptions::message(locale));
    let tokens = tokens(&rendered.html);
    MailBody { html: html::write(&tokens, locale, base), text: text::write(&tokens, locale, base) }
}

#[cfg(test)]
mod tests {
    use super::super::dom::elements;
    use super::super::hostile::attacks;
    use super::for_mail;
    use app::i18n::Locale::{En, Ja};

    const BASE: &str = "https://help.example.com";
    const REPLY: &str = "Hello,\nplease:\n\n1. Open **Settings**\n2. Press `Save`\n   - or *leave*\n\n```\nkotae import\n\nkotae run\n```\n\n\
                         | Key | Value |\n|---|--:|\n| a | 1 |\n\n> [!NOTE]\n> Only once.\n\n> quoted\n\nSee [the guide](/en/articles/guide), \
                         https://a.example/x and ![a screen](/files/7/a.png).";

    #[test]
    fn a_reply_reads_in_a_mail_as_it_does_on_its_page() {
        let html = for_mail(REPLY, En, BASE).html;
        for part in [
            "<strong>Settings</strong>",
            ">Save</code>",
            "<ol style=",
            ">kotae import\n\nkotae run\n</code></pre>",
            "text-align:right\">1</td>",
            ">Note</p>",
            "href=\"https://help.example.com/en/articles/guide\"",
            "href=\"https://a.example/x\"",
            "href=\"https://help.example.com/files/7/a.png\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        for mark in ["**", "```", "|---", "[!NOTE]", "class=", "tabindex", "<img", "href=\"/"] {
            assert!(!html.contains(mark), "{mark} in {html}");
        }
    }

    #[test]
    fn the_text_of_a_mail_keeps_lists_code_and_addresses_and_drops_the_marks() {
        assert_eq!(
            for_mail(REPLY, En, BASE).text,
            "Hello,\nplease:\n\n1. Open Settings\n2. Press Save\n   - or leave\n\n    kotae import\n\n    kotae run\n\n\
             Key | Value\na | 1\n\n[Note]\nOnly once.\n\n> quoted\n\nSee the guide (https://help.example.com/en/articles/guide), \
             https://a.example/x and a screen (https://help.example.com/files/7/a.png)."
        );
        assert_eq!(
            for_mail("- [x] 済み\n- [ ] まだ\n\n~~古い~~ 新しい\n\n---\n\n5. 五\n6. 六", Ja, BASE).text,
            "- ☑ 済み\n- ☐ まだ\n\n~~古い~~ 新しい\n\n----\n\n5. 五\n6. 六"
        );
        assert_eq!(for_mail("", Ja, BASE).text, "");
    }

    #[test]
    fn nothing_hostile_gets_into_a_mail() {
        const ATTRIBUTES: [&str; 8] =
            ["href", "style", "lang", "dir", "title", "start", "colspan", "rowspan"];
        let links = [
            "[x](javascript:alert(1))",
            "[x](JaVa&#9;Script:alert(1)) <a href=\"javascript:alert(1)\">y</a>",
            "![x](javascript:alert(1)) ![x](data:text/html,alert(1)) ![x](//evil.example/t.gif)",
            "[x]: javascript:alert(1)\n\n[x]",
            "[x](/a \"\\\" style=position:fixed\")",
        ];
        for attack in attacks().into_iter().chain(links.map(str::to_owned)) {
            let html = for_mail(&attack, En, BASE).html;
            // An element of the page's own, the root, is the first.
            for (name, attributes) in elements(&html).into_iter().filter(|(name, _)| name != "html") {
                assert!(
                    !["img", "script", "style", "form", "input", "iframe", "svg"].contains(&name.as_str()),
                    "{html}"
                );
                for (key, value) in attributes {
                    assert!(ATTRIBUTES.contains(&key.as_str()), "{key} in {html} of {attack:?}");
                    let leads_out =
                        ["https://", "http://", "mailto:", "tel:"].iter().any(|way| value.starts_with(way));
                    assert!(key != "href" || leads_out, "{value} in {html} of {attack:?}");
                    assert!(
                        key != "style" || !(value.contains("url") || value.contains("position")),
                        "{html}"
                    );
                }
            }
        }
        assert_eq!(for_mail("[x](javascript:alert(1))", En, BASE).text, "x");
        let image = for_mail("![t](https://evil.example/t.gif)", En, BASE);
        assert_eq!(image.text, "t (https://evil.example/t.gif)");
        let quoted = for_mail("\"><b>&amp;", En, BASE);
        assert!(quoted.html.contains("&lt;b&gt;") && quoted.text == "\"><b>&", "{quoted:?}");
    }
}
