//! Sentences that every letter has, whatever it is about: greetings and thanks, and "I have been waiting for days".

use super::fold::{fold, is_unspaced};

/// What is said of every matter: "Please send everything", "I have told two people already", 「返事が来ていません」.
pub(super) fn is_filler(sentence: &str) -> bool {
    let folded = fold(sentence);
    if sentence.chars().any(is_unspaced) {
        let about_the_answer = FILLERS_JA.iter().any(|(begin, ends)| {
            folded.strip_prefix(begin).is_some_and(|rest| ends.iter().any(|end| rest.contains(end)))
        });
        return folded.chars().count() <= 24 && about_the_answer;
    }
    let mut words =
        folded.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty());
    words.all(|word| FILLERS_EN.split_whitespace().any(|filler| filler == word))
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
const FILLERS_EN: &str = "\
    a again all already am an and anybody anyone anything are as asap ask asked at be been but by can \
    could days did do does else ever everybody everyone everything for from had has have hear heard help \
    her here him his how i i'm i've if in is it it's its just kindly know let long many me more must my \
    need nobody no not nothing now of on once one or our people please quickly really replied reply said \
    send she so somebody someone something soon still that the them then there they this three time \
    times to today told tomorrow two urgent us very wait waiting want was we week weeks will with would \
    yet you";

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
