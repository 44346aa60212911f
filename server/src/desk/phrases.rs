//! A customer's words as search phrases: what they asked, without greetings and without anything that tells who asked;
//! and a reply as the text of an article.

use super::fold::{fold, is_unspaced};
use super::introduction::{SIGNATURE, ends_letter, is_introduction, is_signature, names_told};
use super::mend::mended;
use super::names::{cut_names, mark_names};
use super::sentences::sentences;
use crate::traces::mark_traces;

/// Phrases from one request, at most.
const MOST: usize = 8;
/// Shorter says nothing, longer is no phrase (characters).
const SHORTEST: usize = 4;
const LONGEST: usize = 160;

/// What a letter asks, as search phrases, without whoever wrote it; `names` are those that are known.
pub fn phrases(subject: &str, body: &str, names: &[String]) -> Vec<String> {
    Letter { subject, body, names }.phrases()
}

/// A letter as it came, and what is known of who appears in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter<'a> {
    pub subject: &'a str,
    pub body: &'a str,
    /// People and companies whose names must not be kept.
    pub names: &'a [String],
}

impl Letter<'_> {
    /// The names that are known, and those that the letter itself tells.
    pub fn everybody(&self) -> Vec<String> {
        let mut names = names_told(self.subject, self.body);
        names.extend_from_slice(self.names);
        names
    }

    /// The subject as the title of an article: without whoever introduces themselves in it. Empty when nothing is left.
    pub fn title(&self) -> String {
        let mut title = String::new();
        for sentence in self.kept(self.subject, &self.everybody(), 1) {
            if title.ends_with(|c: char| c.is_ascii()) {
                title.push(' ');
            }
            title.push_str(&sentence);
        }
        title
    }

    /// What was asked, as search phrases.
    pub fn phrases(&self) -> Vec<String> {
        let names = self.everybody();
        let mut phrases: Vec<String> = Vec::new();
        for sentence in std::iter::once(self.title()).chain(self.kept(self.body, &names, 2)) {
            let clean = sentence
                .trim_matches(|c: char| c.is_whitespace() || "、。,.，．:：;；-–—!！「」()（）".contains(c));
            let length = clean.chars().count();
            let idle = is_courtesy(clean) || is_filler(clean);
            if !(SHORTEST..=LONGEST).contains(&length) || !says_something(clean) || idle {
                continue;
            }
            if !phrases.iter().any(|phrase| fold(phrase) == fold(clean)) {
                phrases.push(clean.to_owned());
            }
            if phrases.len() == MOST {
                break;
            }
        }
        phrases
    }

    /// The sentences that say something else than who writes. What tells that is cut from the whole text first: an
    /// address has question marks and full stops of its own.
    fn kept(&self, text: &str, names: &[String], least: usize) -> Vec<String> {
        let marked = mark_names(&mark_traces(text), names);
        sentences(&marked)
            .filter(|sentence| !is_introduction(sentence))
            .filter_map(|sentence| mended(sentence, least))
            .map(|sentence| sentence.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|sentence| !sentence.is_empty())
            .collect()
    }
}

/// A reply (Markdown) as the text of an article: without the names in it, without the addresses and numbers of
/// `private`, and without the greeting at its beginning and the regards at its end.
pub fn as_article(reply: &str, names: &[String], private: &[String]) -> String {
    let words: Vec<String> = names.iter().chain(private).cloned().collect();
    let mut in_code = false;
    let mut lines: Vec<String> = Vec::new();
    for line in reply.lines() {
        in_code ^= line.trim_start().starts_with("```");
        let clean = cut_names(line, &words);
        let was_only_a_name = clean != line && !in_code && content(&clean) == 0;
        lines.push(if was_only_a_name { String::new() } else { clean });
    }
    let idle = |line: &String| line.trim().is_empty() || is_courtesy(line.trim());
    let lines = unsigned(&lines);
    let begin = lines.iter().take_while(|line| idle(line)).count();
    let end = lines.iter().rev().take_while(|line| idle(line)).count();
    let body = lines.get(begin..lines.len().saturating_sub(end)).unwrap_or_default();
    body.join("\n")
}

/// The lines above the closing of a letter, if there is one: its writer's name is in no table in every spelling.
fn unsigned(lines: &[String]) -> &[String] {
    let Some(closing) = lines.iter().rposition(|line| ends_letter(line)) else { return lines };
    let below: Vec<&String> = lines[closing + 1..].iter().filter(|line| !line.trim().is_empty()).collect();
    let signs = below.len() <= SIGNATURE && below.iter().all(|line| is_signature(line));
    // Thanks before the answer are no end of it.
    let answered = lines[..closing].iter().any(|line| !line.trim().is_empty() && !is_courtesy(line.trim()));
    if signs && answered { &lines[..closing] } else { lines }
}

/// The mail addresses, long numbers and web addresses with parameters of a text: what a reply may repeat and an article must not.
pub fn private_words(text: &str) -> Vec<String> {
    let is_outside = |c: char| c.is_whitespace() || is_unspaced(c) || "、。，（）「」<>()\"".contains(c);
    let tells = |word: &&str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let web = word.contains("://");
        word.contains('@') || (digits >= 7 && !web) || (web && word.contains(['?', '=']))
    };
    text.split(is_outside).filter(tells).map(|word| word.trim_matches(['.', ',', ':']).to_owned()).collect()
}

/// Letters and digits that carry meaning: hiragana hold a sentence together.
fn content(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric() && !matches!(c, '\u{3040}'..='\u{309f}')).count()
}

/// 「どうすればいいですか」 and 「直せますか」 are asked of everything.
fn says_something(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let japanese = text.chars().any(is_unspaced);
    if japanese { content(text) >= 2 && letters >= SHORTEST } else { letters >= SHORTEST }
}

/// What is said of every matter: "Please send everything", "I have told two people already", 「返事が来ていません」.
fn is_filler(sentence: &str) -> bool {
    let folded = fold(sentence);
    if sentence.chars().any(is_unspaced) {
        let about_the_answer = FILLERS_JA.iter().any(|(begin, ends)| {
            folded.strip_prefix(begin).is_some_and(|rest| ends.iter().any(|end| rest.contains(end)))
        });
        return folded.chars().count() <= 24 && about_the_answer;
    }
    let mut words =
        folded.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty());
    words.all(|word| FILLERS_EN.contains(&word))
}

/// What such a sentence begins with, and what it then goes on with.
const FILLERS_JA: &[(&str, &[&str])] = &[
    ("返事", &["来", "ない", "ありません", "待", "くださ"]),
    ("お返事", &["来", "ない", "ありません", "待", "くださ", "いただ"]),
    ("返信が", &["来ていません", "ありません"]),
    ("ご返信", &["待", "くださ", "いただ", "お願い"]),
    ("連絡", &["来", "ありません", "待", "くださ"]),
    ("ご連絡", &["待", "くださ", "いただ", "お願い"]),
    ("急いで", &["います", "おります"]),
    ("至急", &["お願い", "対応"]),
    ("困って", &["います", "おります"]),
    ("助けて", &["くださ", "ほしい"]),
];

/// Words that carry no matter of their own; a sentence of these alone is no phrase.
const FILLERS_EN: &[&str] = &[
    "a",
    "again",
    "all",
    "already",
    "am",
    "an",
    "and",
    "anybody",
    "anyone",
    "anything",
    "are",
    "as",
    "asap",
    "ask",
    "asked",
    "at",
    "be",
    "been",
    "but",
    "by",
    "can",
    "could",
    "days",
    "did",
    "do",
    "does",
    "else",
    "ever",
    "everybody",
    "everyone",
    "everything",
    "for",
    "from",
    "had",
    "has",
    "have",
    "hear",
    "heard",
    "help",
    "her",
    "here",
    "him",
    "his",
    "how",
    "i",
    "i'm",
    "i've",
    "if",
    "in",
    "is",
    "it",
    "it's",
    "its",
    "just",
    "kindly",
    "know",
    "let",
    "long",
    "many",
    "me",
    "more",
    "must",
    "my",
    "need",
    "nobody",
    "no",
    "not",
    "nothing",
    "now",
    "of",
    "on",
    "once",
    "one",
    "or",
    "our",
    "people",
    "please",
    "quickly",
    "really",
    "replied",
    "reply",
    "said",
    "send",
    "she",
    "so",
    "somebody",
    "someone",
    "something",
    "soon",
    "still",
    "that",
    "the",
    "them",
    "then",
    "there",
    "they",
    "this",
    "three",
    "time",
    "times",
    "to",
    "today",
    "told",
    "tomorrow",
    "two",
    "urgent",
    "us",
    "very",
    "wait",
    "waiting",
    "want",
    "was",
    "we",
    "week",
    "weeks",
    "will",
    "with",
    "would",
    "yet",
    "you",
];

/// Lines that every letter has: greetings, thanks, signatures.
pub(super) fn is_courtesy(sentence: &str) -> bool {
    const JA: [&str; 10] = [
        "お世話にな",
        "お疲れ様",
        "こんにちは",
        "はじめまして",
        "よろしくお願い",
        "宜しくお願い",
        "お手数",
        "恐れ入り",
        "ありがとうございま",
        "と申します",
    ];
    const EN: [&str; 12] = [
        "hi",
        "hello",
        "dear",
        "thanks",
        "thank you",
        "many thanks",
        "best regards",
        "kind regards",
        "regards",
        "cheers",
        "best",
        "hope you",
    ];
    let folded = fold(sentence);
    let short = folded.chars().count() <= 30;
    let opens_with = |words: &&str| {
        folded.strip_prefix(*words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    short && (JA.iter().any(|words| folded.contains(words)) || EN.iter().any(opens_with))
}

#[cfg(test)]
mod tests {
    use super::super::mend::is_mark;
    use super::*;

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
        assert_eq!(
            letter.phrases(),
            ["請求書の宛名変更", "請求書の宛名を変えたいです", "PDFで保存しています"]
        );
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
        for (words, stays) in [("返事", false), ("ご返信", false), ("至急", false), ("困って", false)]
        {
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
}
