//! Who the writer of a letter says they are: in the sentence that introduces them, and in the signature below it.

use super::companies::companies_in;
use super::fold::fold;
use super::names::WHO;
use super::sentences::sentences;
use crate::traces::{CUT, is_hiragana, is_name_letter};

/// How Japanese ends the sentence in which one gives one's name.
const SAID: [&str; 6] = ["と申します", "ともうします", "といいます", "と言います", "でございます", "です"];
/// Those of them that end no other sentence.
const NAMED: usize = 4;
const OWN: [&str; 6] = ["私は", "わたしは", "私、", "こちらは", "こちら、", "弊社は"];
/// What ends with these is a matter and no person: 請求書, 解約の件.
const MATTERS: &str = "件書問題金払号時日面求録更約";
/// How English begins it.
const INTRODUCES: [&str; 5] = ["my name is ", "this is ", "i am ", "i'm ", "i’m "];
const CLOSINGS_JA: [&str; 3] = ["よろしくお願い", "宜しくお願い", "以上"];
const CLOSINGS_EN: [&str; 13] = [
    "regards",
    "best regards",
    "kind regards",
    "warm regards",
    "best wishes",
    "all the best",
    "best",
    "many thanks",
    "thanks",
    "thank you",
    "cheers",
    "sincerely",
    "yours sincerely",
];
/// A signature in lines, and a line of one in characters, at most.
pub(super) const SIGNATURE: usize = 6;
const LINE: usize = 40;

/// The names that a letter tells: of companies, of who introduces themselves, of who signs.
pub(super) fn names_told(subject: &str, body: &str) -> Vec<String> {
    let mut names = Vec::new();
    for text in [subject, body] {
        names.extend(companies_in(text));
        for sentence in sentences(text) {
            names.extend(introduced(sentence));
        }
    }
    names.extend(signed(body));
    let families: Vec<String> = names.iter().filter_map(|name| family(name)).collect();
    names.extend(families);
    names.retain(|name| name.chars().count() > 1);
    names
}

/// Whether a sentence, its names cut out, was there to introduce its writer and says nothing else.
pub(super) fn is_introduction(marked: &str) -> bool {
    let words = marked.trim().trim_end_matches(|c: char| "。.!！、,".contains(c) || c.is_whitespace());
    if !words.contains(WHO) {
        return false;
    }
    if let Some(said) = SAID.iter().find_map(|ending| words.strip_suffix(ending)) {
        let said = OWN.iter().find_map(|own| said.strip_prefix(own)).unwrap_or(said);
        let rest: String = said.chars().filter(|c| !matches!(*c, WHO | CUT) && !c.is_whitespace()).collect();
        let other_particle = rest.contains(['は', 'が', 'を', 'に', 'で', 'も', 'へ']);
        let matter = rest.ends_with(|c| MATTERS.contains(c));
        return !other_particle
            && !matter
            && rest.chars().count() <= 12
            && (said.starts_with(WHO) || said.ends_with(WHO));
    }
    let folded = fold(words);
    let rest =
        ["hi, ", "hello, ", "hi ", "hello "].iter().find_map(|hi| folded.strip_prefix(hi)).unwrap_or(&folded);
    match INTRODUCES.iter().find_map(|begin| rest.strip_prefix(begin)) {
        Some(rest) if rest.starts_with(WHO) => {
            rest.split_whitespace().filter(|word| word.len() > 3 && !word.contains(WHO)).count() < 2
        }
        _ => false,
    }
}

fn introduced(sentence: &str) -> Vec<String> {
    let words = sentence.trim().trim_end_matches(|c: char| "。.!！".contains(c) || c.is_whitespace());
    let japanese = SAID.iter().enumerate().find_map(|(n, ending)| Some((n, words.strip_suffix(ending)?)));
    if let Some((n, said)) = japanese {
        let said = OWN.iter().find_map(|own| said.strip_prefix(own)).unwrap_or(said);
        let name = said.rsplit(['の', 'は', '、', '。']).next().unwrap_or(said).trim();
        let company = companies_in(said).into_iter().any(|company| !name.contains(&company));
        let length = name.chars().filter(|c| !c.is_whitespace()).count();
        let looks_right = (2..=10).contains(&length)
            && name.chars().all(|c| c.is_whitespace() || is_name_letter(c) || (n < NAMED && is_hiragana(c)));
        // 「株式会社やまびこの山田です」 gives a name, 「請求書の件です」 does not.
        let given = n < NAMED || (company && said.ends_with(&format!("の{name}")) && length <= 6);
        return if looks_right && given { vec![name.to_owned()] } else { Vec::new() };
    }
    english(words)
}

/// "This is Penny Lanternfish from Lanternfish Books".
fn english(words: &str) -> Vec<String> {
    let lower = words.to_lowercase();
    let Some(begin) = INTRODUCES.iter().find_map(|begin| {
        let at = lower
            .find(begin)
            .filter(|at| *at == 0 || lower[..*at].trim_end().ends_with([',', '.', '!', 'i', 'o']))?;
        Some(at + begin.len())
    }) else {
        return Vec::new();
    };
    let said: Vec<&str> = words.get(begin..).unwrap_or_default().split_whitespace().collect();
    let is_name = |word: &&&str| word.starts_with(|c: char| c.is_ascii_uppercase()) && !word.ends_with("ing");
    let name: Vec<&str> = said.iter().take_while(is_name).take(3).copied().collect();
    let from = said.get(name.len()).is_some_and(|word| ["from", "at", "of"].contains(word));
    let named = lower.contains("my name is ");
    if name.is_empty() || name[0] == "I" || !(from || named) {
        return Vec::new();
    }
    let company: Vec<&str> = match from {
        true => said[name.len() + 1..].iter().take_while(is_name).take(4).copied().collect(),
        false => Vec::new(),
    };
    let bare = |words: Vec<&str>| words.join(" ").trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    [bare(name), bare(company)].into_iter().filter(|name| !name.is_empty()).collect()
}

fn is_closing_en(line: &str) -> bool {
    let folded = fold(line);
    CLOSINGS_EN.contains(&folded.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a line ends a letter: nothing but whoever wrote it comes below. "Best, Midori" names them on the same line.
pub(super) fn ends_letter(line: &str) -> bool {
    let line = line.trim();
    let signed = line.split_once(',').is_some_and(|(closing, name)| {
        is_closing_en(closing) && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
    });
    let short = line.chars().count() <= LINE;
    signed
        || is_closing_en(line)
        || matches!(line, "--" | "以上" | "以上です。" | "以上です")
        || (short && CLOSINGS_JA[..2].iter().any(|words| fold(line).contains(words)))
}

/// Whether a line below a closing may be part of a signature: a name, a team, a company.
pub(super) fn is_signature(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() <= LINE
        && !line.ends_with(['.', ':'])
        && !line.contains(['。', '、', '？', '?', '!', '！', '[', '`', '#', '|'])
}

/// The lines below the last closing, where they look like somebody's name.
fn signed(body: &str) -> Vec<String> {
    let lines: Vec<&str> = body.lines().map(str::trim).filter(|line| !line.starts_with('>')).collect();
    let closes = |line: &&str| {
        CLOSINGS_JA.iter().any(|words| fold(line).contains(words)) || is_closing_en(line) || *line == "--"
    };
    let Some(closing) = lines.iter().rposition(closes) else { return Vec::new() };
    let mut names = Vec::new();
    for line in lines[closing + 1..].iter().filter(|line| !line.is_empty()).take(SIGNATURE) {
        let long = line.chars().count() > LINE;
        if long || line.contains(['。', '、', '？', '?', '@', ':', '：']) {
            continue;
        }
        if line.chars().any(|c| is_name_letter(c) || is_hiragana(c)) {
            let section =
                |part: &&str| !["部", "課", "室", "係", "担当"].iter().any(|word| part.ends_with(word));
            let is_name = |part: &&str| {
                part.chars().all(|c| is_name_letter(c) || is_hiragana(c)) && part.chars().count() <= 10
            };
            names.extend(line.split_whitespace().filter(section).filter(is_name).map(str::to_owned));
        } else if line.split_whitespace().all(|word| word.starts_with(char::is_uppercase)) {
            names.push((*line).trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
        }
    }
    names
}

/// 山田 of 山田太郎, so that 「山田です」 tells nothing either.
fn family(name: &str) -> Option<String> {
    let letters: Vec<char> = name.chars().collect();
    let kanji = letters.iter().all(|c| is_name_letter(*c) && !matches!(*c, 'ァ'..='ヺ' | 'ー'));
    ((3..=5).contains(&letters.len()) && kanji).then(|| letters[..2].iter().collect())
}

#[cfg(test)]
mod tests {
    use super::{WHO, is_introduction, names_told};

    #[test]
    fn a_letter_tells_names_in_its_introduction_and_its_signature() {
        assert_eq!(
            names_told("株式会社やまびこの山田太郎です。請求書の宛名変更", ""),
            ["やまびこ", "山田太郎", "山田"]
        );
        assert_eq!(names_told("", "はじめまして。佐藤花子と申します。"), ["佐藤花子", "佐藤"]);
        assert_eq!(
            names_told("", "This is Penny Lanternfish from Lanternfish Books. It stops."),
            ["Penny Lanternfish", "Lanternfish Books"]
        );
        assert_eq!(names_told("", "It stops.\n\nBest regards,\nPenny Lanternfish"), ["Penny Lanternfish"]);
        assert_eq!(
            names_told("", "直りません。\nよろしくお願いします。\nやまびこ 経理部 山田太郎"),
            ["やまびこ", "山田太郎", "山田"]
        );
    }

    #[test]
    fn what_only_looks_like_an_introduction_tells_no_name() {
        for words in [
            "請求書の件です。",
            "This is a question about Billing.",
            "I am Happy with it",
            "質問です。",
            "It stops.\nThanks\nSent from my phone",
        ] {
            assert_eq!(names_told("", words), Vec::<String>::new(), "{words}");
        }
    }

    #[test]
    fn an_introduction_says_nothing_else() {
        for words in [
            "Wの山田です。",
            "W経理部のWです",
            "Wと申します。",
            "私はWです。",
            "This is W from W.",
            "Hi, I am W",
        ] {
            assert!(is_introduction(&words.replace('W', &WHO.to_string())), "{words}");
        }
        for words in [
            "Wの請求書が届かない件です",
            "Wの請求書の件です",
            "Wを変えたいです",
            "This is W and the import stops with errors",
            "請求書の件です",
        ] {
            assert!(!is_introduction(&words.replace('W', &WHO.to_string())), "{words}");
        }
    }
}
