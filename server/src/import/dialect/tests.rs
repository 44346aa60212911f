//! What real files say, and what is made of it.

use super::{Context, Remark, Snippets, convert, plain};
use app::i18n::Locale;

fn turned_in(locale: Locale, text: &str) -> (String, Vec<Remark>) {
    let mut snippets = Snippets::default();
    snippets.add_file(
        "en/_includes/snippets.md",
        "# S\n\n## Open setup {#to-setup}\n\n1. Click **[!UICONTROL Setup]**.\n\n## Warn {#warn}\n\n>[!IMPORTANT]\n>\n>Gone.\n",
    );
    convert(text, &Context { locale, snippets: &snippets })
}

fn turned(text: &str) -> String {
    turned_in(Locale::En, text).0
}

#[test]
fn product_names_and_interface_words() {
    for (text, expected) in [
        ("Use [!DNL Adobe Commerce] now", "Use Adobe Commerce now"),
        ("Click [!UICONTROL Save].", "Click **Save**."),
        ("Click **[!UICONTROL Save]** and *[!UICONTROL Go]*", "Click **Save** and *Go*"),
        ("Click **[!UICONTROL A] > [!UICONTROL B]**", "Click **A > B**"),
        ("[[!UICONTROL Save] it](x.md)", "[**Save** it](x.md)"),
        ("## The [!UICONTROL Save] button", "## The Save button"),
        ("<td>[!UICONTROL Save]</td>", "<td><b>Save</b></td>"),
        ("<td><b>[!UICONTROL Save]</b></td>", "<td><b>Save</b></td>"),
        ("[!UICONTROL保存]を押します", "**保存**を押します"),
        ("[!DNL Data [x]] y", "Data [x] y"),
        ("`[!DNL X] [!NOTE]` and\n\n```\n[!UICONTROL X]\n```", "`X [!NOTE]` and\n\n```\nX\n```"),
        ("[!UICONTROL [!DNL Excel] list]", "**Excel list**"),
        ("[[!UICONTROL Send [!DNL A] to [!DNL B]]](x.md)", "[**Send A to B**](x.md)"),
        ("[!DNL Name](x.md) の[節](y.md)", "[Name](x.md) の[節](y.md)"),
        ("予定&rbrack;{type=Neutral}", "予定"),
        ("see [! This] and [!note] x", "see [! This] and [!note] x"),
        ("New [!BADGE In production ]{type=Positive tooltip=\"x\"} now", "New In production now"),
        ("![[!UICONTROL Save] icon](a.png)", "![Save icon](a.png)"),
    ] {
        assert_eq!(turned(text), expected, "{text}");
    }
}

#[test]
fn callouts_of_every_kind() {
    for (text, expected) in [
        (">[!NOTE]\n>\n>Words", "> [!NOTE]\n>\n>Words"),
        ("1. a\n\n   >[!TIP]\n   >\n   >b", "1. a\n\n   > [!TIP]\n   >\n   >b"),
        (">[!INFO] Words", "> [!NOTE]\n> Words"),
        (">[!PREREQUISITES]\n>x", "> [!IMPORTANT] Prerequisites\n>x"),
        (">[!MORELIKETHIS]\n>x", "> [!TIP] See also\n>x"),
        ("> words\n>[!NOTE]\n>x", "> words\n\n> [!NOTE]\n>x"),
        (">[!CONTEXTUALHELP]\n>id=\"x\"\n>title=\"y\"\n\nz", "\nz"),
        ("[!IMPORTANT]\nx", "> [!IMPORTANT]\nx"),
    ] {
        assert_eq!(turned(text), expected, "{text}");
    }
    let (text, remarks) = turned_in(Locale::Ja, ">[!ADMIN]\n>x\n\n>[!WONDER]\n>y");
    assert_eq!(text, "> [!NOTE] 管理者の方へ\n>x\n\n> [!NOTE]\n>y");
    assert_eq!((remarks.len(), remarks[0].line), (1, Some(4)));
}

#[test]
fn videos_tabs_boxes_and_collapsible_parts() {
    for (text, expected) in [
        ("a\n>[!VIDEO](https://v.example/1?q=1)\nb", "a\n\n[Watch the video](https://v.example/1?q=1)\n\nb"),
        (">[!BEGINTABS]\n\n>[!TAB One two]\n\na\n\n>[!ENDTABS]\n", "\n**One two**\n\n\na\n\n"),
        (
            ">[!BEGINSHADEBOX \"T\"]\na\n\n>[!NOTE]\n>b\n>[!ENDSHADEBOX]\nc",
            "> **T**\n>\n> a\n>\n> > [!NOTE]\n> >b\n\nc",
        ),
        (
            "+++ See **more**\nhidden\n+++\nend",
            "<details>\n<summary>See more</summary>\n\nhidden\n\n</details>\n\nend",
        ),
        ("   +++A\n   b\n   +++", "   <details>\n   <summary>A</summary>\n\n   b\n\n   </details>\n"),
        ("```\n+++ x\n```", "```\n+++ x\n```"),
        (
            "<note type=\"tip\">a</note>",
            "<div class=\"markdown-alert markdown-alert-tip\"><p class=\"markdown-alert-title\">Tip</p>a</div>",
        ),
        ("<MadCap:conditionalText data-mc-conditions=\"x\">a</MadCap:conditionalText>", "a"),
    ] {
        assert_eq!(turned(text), expected, "{text}");
    }
    let (text, remarks) = turned_in(Locale::En, "+++ a\nb");
    assert_eq!(text, "<details>\n<summary>a</summary>\n\nb\n\n</details>\n");
    assert_eq!(remarks.len(), 1);
}

#[test]
fn comments_attributes_and_invisible_signs() {
    for (text, expected) in [
        ("a <!-- b\nc --> d", "a  d"),
        ("a\n<!--x-->\nb", "a\n\nb"),
        ("`<!-- a -->` <!-- b `c -->d", "`<!-- a -->` d"),
        ("<!-- a <!-- b --> -->\n-->\nc", "c"),
        ("a &lt;!--\nb\n--&gt; c", "a  c"),
        ("### T\n{#read-only}\n\nx", "### T {#read-only}\n\nx"),
        ("x\n\n{#there}\n\ny", "x\n\n<a id=\"there\"></a>\n\ny"),
        ("<table>\n</table>\nText [a](b)", "<table>\n</table>\n\nText [a](b)"),
        ("{style=\"table-layout:auto\"}\n| a |", "| a |"),
        ("| a |\n\n   {style=\"table-layout:auto\"}\n", "| a |\n\n"),
        ("$.{name} {project}:{id} {a=b} x", "$.{name} {project}:{id} {a=b} x"),
        ("## T {#anchor}", "## T {#anchor}"),
        ("![a](b.png){width=\"700\"}", "![a](b.png){width=\"700\"}"),
        ("[&#x200B; ボード](x)&#x200B;と\u{200b}次", "[ボード](x)と次"),
    ] {
        assert_eq!(turned(text), expected, "{text}");
    }
    let (text, remarks) = turned_in(Locale::En, "a\nb <!-- c\nd");
    assert_eq!(text, "a\nb \nd");
    assert_eq!(remarks[0].line, Some(2));
}

#[test]
fn snippets_come_where_they_are_called() {
    for (text, expected) in [
        ("{{to-setup}}\n1. b", "1. Click **Setup**.\n1. b"),
        ("* a\n\n  {{warn}}\n", "* a\n\n  > [!IMPORTANT]\n  >\n  >Gone.\n"),
        ("{{unknown}} and `{{to-setup}}`", "{{unknown}} and `{{to-setup}}`"),
        (
            "{{$include /help/_includes/snippets.md}}",
            "# S\n\n## Open setup {#to-setup}\n\n1. Click **Setup**.\n\n## Warn {#warn}\n\n> [!IMPORTANT]\n>\n>Gone.",
        ),
    ] {
        assert_eq!(turned(text), expected, "{text}");
    }
    assert_eq!(turned_in(Locale::En, "a\n{{$include gone.md}}").1[0].line, Some(2));
}

#[test]
fn titles_are_plain_words() {
    assert_eq!(plain("Your [account](https://x.example) and ![a](b.png) it [1]"), "Your account and it [1]");
    assert_eq!(
        plain("The **[!UICONTROL Save]**  button in [!DNL Kotae] &amp; `x`"),
        "The Save button in Kotae & x"
    );
}
