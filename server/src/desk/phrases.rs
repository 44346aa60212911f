//! A customer's words as search phrases: what they asked, without greetings and without anything that tells who asked.

use super::fold::{fold, is_unspaced};
use crate::traces::without_traces;

/// Phrases from one request, at most.
const MOST: usize = 8;
/// Shorter says nothing, longer is no phrase (characters).
const SHORTEST: usize = 4;
const LONGEST: usize = 160;

/// The phrases of a subject and a body. `names` are the words that must not be kept: people's and companies' names.
pub fn phrases(subject: &str, body: &str, names: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for sentence in std::iter::once(subject).chain(sentences(body)) {
        let clean = anonymous(sentence, names);
        let clean =
            clean.trim_matches(|c: char| c.is_whitespace() || "、。,.，．:：;；-–—!！「」()（）".contains(c));
        let length = clean.chars().count();
        let says_something = clean.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST;
        if !(SHORTEST..=LONGEST).contains(&length) || !says_something || is_courtesy(clean) {
            continue;
        }
        if !kept.iter().any(|phrase| fold(phrase) == fold(clean)) {
            kept.push(clean.to_owned());
        }
        if kept.len() == MOST {
            break;
        }
    }
    kept
}

/// A text without what tells who wrote it; `names` as for [`phrases`].
pub fn anonymous(text: &str, names: &[String]) -> String {
    without_names(&without_traces(text), names).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sentences(body: &str) -> impl Iterator<Item = &str> {
    body.lines()
        // What they quote are our words.
        .filter(|line| !line.trim_start().starts_with('>'))
        .flat_map(|line| line.split_inclusive(['。', '！', '？', '!', '?']))
        .flat_map(|part| part.split_inclusive(". "))
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

/// Lines that every letter has: greetings, thanks, signatures.
fn is_courtesy(sentence: &str) -> bool {
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

/// Drops names and their parts, with the title that Japanese puts behind them.
fn without_names(sentence: &str, names: &[String]) -> String {
    let mut parts: Vec<String> = names
        .iter()
        .flat_map(|name| {
            let whole = name.split_whitespace().collect::<String>();
            name.split_whitespace().map(str::to_owned).chain([name.clone(), whole]).collect::<Vec<_>>()
        })
        .filter(|part| part.chars().count() > 1)
        .collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.chars().count()));
    parts.dedup();
    let mut text = sentence.to_owned();
    for part in &parts {
        text = without_part(&text, part);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts every occurrence of a name, case aside; of a name in Latin letters only whole words.
fn without_part(text: &str, part: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let wanted: Vec<char> = part.chars().map(lower).collect();
    let spaced = !part.chars().any(is_unspaced);
    let inside_word =
        |at: Option<&char>| spaced && at.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(*c));
    let mut clean = String::new();
    let mut at = 0;
    while at < chars.len() {
        let end = at + wanted.len();
        let here = end <= chars.len()
            && chars[at..end].iter().copied().map(lower).eq(wanted.iter().copied())
            && !inside_word(at.checked_sub(1).and_then(|before| chars.get(before)))
            && !inside_word(chars.get(end));
        if !here {
            clean.push(chars[at]);
            at += 1;
            continue;
        }
        at = end;
        let rest: String = chars[at..].iter().take(2).collect();
        for title in ["さん", "さま", "様", "氏", "'s", "’s"] {
            if rest.starts_with(title) {
                at += title.chars().count();
                break;
            }
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn english_words_stay_whole_and_names_go_only_as_words() {
        let body = "Hi there,\nWhy do I never get the login mail? My pennyworth: it is spam. \
                    Call Penny on +81 (90) 1234-5678 or write to penny@lanternfish.example.\nBest regards\nPenny";
        let kept = phrases("No login mail at Lanternfish Books", body, &names());
        assert_eq!(kept[0], "No login mail at");
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
        assert_eq!(kept[0], "エラー413がで出る");
        assert!(!kept.join(" ").contains("example"), "{kept:?}");
    }

    #[test]
    fn the_same_words_are_kept_once_and_quotes_not_at_all() {
        let kept = phrases("PDF が開けない", "ＰＤＦ が開けない。\n> PDF はこちらです、どうぞ。", &[]);
        assert_eq!(kept, ["PDF が開けない"]);
    }
}
