//! What of a customer's letter becomes a phrase, and of a reply an article.

use super::*;
use crate::desk::mend::is_mark;

fn phrases(subject: &str, body: &str, names: &[String]) -> Vec<String> {
    let kept = Letter { subject, body, names }.phrases();
    assert!(!kept.iter().any(|phrase| phrase.contains(is_mark)), "{kept:?}");
    kept
}

fn names() -> Vec<String> {
    ["夜空 ほたる", "ほしぞら商店", "Penny Lanternfish", "Lanternfish Books"].map(str::to_owned).to_vec()
}

#[test]
fn a_customers_question_stays_and_who_asked_goes() {
    let body = "お世話になっております。ほしぞら商店の夜空です。\n先月分の請求書の宛名を会社名にできますか？\n\
                連絡先は03-1234-5678、またはhotaru@hoshizora.exampleまで。\nよろしくお願いいたします。";
    let kept = phrases("請求書の宛名について", body, &names());
    assert_eq!(kept[..2], ["請求書の宛名について", "先月分の請求書の宛名を会社名にできますか？"]);
    let all = kept.join("\n");
    for trace in ["夜空", "ほしぞら", "1234", "hotaru", "hoshizora", "お世話", "よろしく"] {
        assert!(!all.contains(trace), "{trace} in {all}");
    }
}

#[test]
fn what_is_asked_of_everything_and_people_nobody_knows_are_no_phrases() {
    let body = "株式会社あおぞらの山田です。\n電話は03-1234-5678、aoi@aozora.example です。\n\
                担当の佐藤さんに聞いたところ、UTF-8だそうです。\nどうすればいいですか？\n直せますか？\n\
                よろしくお願いいたします。\n株式会社あおぞら";
    let kept = phrases("CSVの文字化け", body, &[]);
    assert_eq!(kept, ["CSVの文字化け", "担当に聞いたところ、UTF-8だそうです"]);
}

#[test]
fn a_reply_becomes_an_article_without_the_people_in_it() {
    let reply = "夜空様\n\nお問い合わせありがとうございます。\n\n「データ」から**UTF-8**を選ぶと、夜空様のExcelでも開けます。\n\n\
                 1. [手順](/ja/articles/csv)を開く\n2. hotaru@hoshizora.example で入る\n\n```\nkotae import\n```\n\n\
                 よろしくお願いいたします。\n\n答野 みどり";
    let names = ["夜空 ほたる", "答野 みどり"].map(str::to_owned);
    let private = private_words("私はhotaru@hoshizora.exampleです。");
    assert_eq!(private, ["hotaru@hoshizora.example"]);
    assert_eq!(
        as_article(reply, &names, &private),
        "「データ」から**UTF-8**を選ぶと、のExcelでも開けます。\n\n1. [手順](/ja/articles/csv)を開く\n2.  で入る\n\n```\nkotae import\n```"
    );
    let english = "Hi Penny,\n\nPress *Save*. Penny's file stays.\n\nBest regards,\nMidori";
    let names = ["Penny Lanternfish", "Midori"].map(str::to_owned);
    assert_eq!(as_article(english, &names, &[]), "Press *Save*.  file stays.");
    assert_eq!(as_article("Yes.", &names, &[]), "Yes.");
}

#[test]
fn english_words_stay_whole_and_names_go_only_as_words() {
    let body = "Hi there,\nWhy do I never get the login mail? My pennyworth: it is spam. \
                Call Penny on +81 (90) 1234-5678 or write to penny@lanternfish.example.\nBest regards\nPenny";
    let kept = phrases("No login mail at Lanternfish Books", body, &names());
    assert_eq!(kept[0], "No login mail");
    assert_eq!(kept[1], "Why do I never get the login mail?");
    assert_eq!(kept[2], "My pennyworth: it is spam");
    let all = kept.join("\n");
    for trace in ["Penny ", "1234", "lanternfish", "Lanternfish", "regards"] {
        assert!(!all.contains(trace), "{trace} in {all}");
    }
}

#[test]
fn addresses_go_in_full_width_too_and_short_numbers_stay() {
    let kept = phrases(
        "エラー413がＨＯＴＡＲＵ＠ｅｘａｍｐｌｅ．ｃｏｍで出る",
        "https://example.com/x?a=1 を見てください",
        &[],
    );
    assert_eq!(kept[0], "エラー413が出る");
    assert!(!kept.join(" ").contains("example"), "{kept:?}");
}

#[test]
fn a_secret_in_an_address_goes_with_the_address() {
    let kept = phrases(
        "マイページが開けません",
        "https://yamabiko.example/u/taro?token=abc を開くと真っ白になります。\nyamabiko.example/u/taro?token=abc も同じ画面です!",
        &[],
    );
    assert_eq!(kept, ["マイページが開けません", "開くと真っ白になります", "同じ画面です"]);
}

#[test]
fn who_writes_and_where_they_live_are_cut_with_the_words_around_them() {
    let letter = Letter {
        subject: "株式会社やまびこの山田太郎です。請求書の宛名変更",
        body: "電話は090-1234-5678、住所は東京都港区芝公園4-2-8です。注文番号 A-1234567 の請求書の宛名を「やまびこ商事 経理部」に変えたいです。\n\
               やまびこではPDFで保存しています。\n〒105-0011 東京都港区芝公園4-2-8 芝公園ビル3F\nよろしくお願いします。\n山田",
        names: &[],
    };
    assert_eq!(letter.title(), "請求書の宛名変更");
    assert_eq!(letter.phrases(), ["請求書の宛名変更", "請求書の宛名を変えたいです", "PDFで保存しています"]);
    let english = Letter {
        subject: "Invoice for Lanternfish Books Ltd",
        body: "Hi, this is Penny Lanternfish from Lanternfish Books. Invoice no. INV-4711 has the wrong address. \
               We moved to 12 Baker Street, London NW1 6XE.\nCan Penny change the name on it?\nBest regards\nPenny",
        names: &[],
    };
    assert_eq!(english.title(), "Invoice");
    let all = english.phrases().join("\n");
    for trace in ["Penny", "Lanternfish", "4711", "Baker", "London"] {
        assert!(!all.contains(trace), "{trace} in {all}");
    }
    assert!(all.contains("has the wrong address"), "{all}");
}

#[test]
fn what_is_said_of_every_matter_is_no_phrase() {
    let body = "Please send everything. I have told two people already! Is anybody there? Still waiting...\n\
                How do I cancel? Can you send the invoice again?";
    let kept = phrases("The export stops", body, &[]);
    assert_eq!(kept, ["The export stops", "How do I cancel?", "Can you send the invoice again?"]);
    let body = "先週もお聞きしました。返事が来ていません。ご返信をお待ちしております。至急お願いします。困っています。\n\
                返信メールが届きません。急いで解約したいです。";
    let kept = phrases("サインインできない", body, &[]);
    assert_eq!(kept[0], "サインインできない");
    for (words, stays) in [("返事", false), ("ご返信", false), ("至急", false), ("困って", false)] {
        assert_eq!(kept.iter().any(|phrase| phrase.contains(words)), stays, "{words} in {kept:?}");
    }
    assert!(kept.contains(&"返信メールが届きません".to_owned()), "{kept:?}");
    assert!(kept.contains(&"急いで解約したいです".to_owned()), "{kept:?}");
}

#[test]
fn a_draft_ends_above_the_closing_whatever_its_writer_is_called() {
    for (reply, kept) in [
        ("Press *Save*.\n\nBest, Midori", "Press *Save*."),
        ("Press *Save*.\n\nBest,\nMidori\nHelp Team", "Press *Save*."),
        ("Hello,\nPress *Save*.\nAll the best\n\nM. Kotano", "Press *Save*."),
        ("保存を押します。\n\n以上、よろしくお願いいたします。\nサポート 担当", "保存を押します。"),
        ("よろしくお願いいたします。\n\n1. 保存を押します。", "1. 保存を押します。"),
        (
            "Thanks\n\nPress Save. Then wait.\nGood practice: save often.",
            "Press Save. Then wait.\nGood practice: save often.",
        ),
    ] {
        assert_eq!(as_article(reply, &[], &[]), kept);
    }
}

#[test]
fn the_same_words_are_kept_once_and_quotes_not_at_all() {
    let kept = phrases("PDF が開けない", "ＰＤＦ が開けない。\n> PDF はこちらです、どうぞ。", &[]);
    assert_eq!(kept, ["PDF が開けない"]);
}
