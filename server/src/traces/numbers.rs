//! Numbers that belong to one person or one order: long ones, and shorter ones behind a label that says so.

use super::CUT;
use crate::desk::fold;

/// What a short number is the number of, when it tells of somebody: 「注文番号 A-123」, not 「エラー番号 413」.
const LABELS: [&str; 18] = [
    "注文",
    "受注",
    "発注",
    "お客様",
    "顧客",
    "会員",
    "契約",
    "請求書",
    "伝票",
    "追跡",
    "口座",
    "管理",
    "受付",
    "予約",
    "社員",
    "合わせ",
    "取引",
    "登録",
];
const ENGLISH_LABELS: [&str; 13] = [
    "order",
    "invoice",
    "customer",
    "account",
    "ticket",
    "case",
    "tracking",
    "reference",
    "contract",
    "membership",
    "member",
    "booking",
    "employee",
];
/// Digits from which a number is cut by itself, and from which behind a label.
const LONG: usize = 7;
const LABELLED: usize = 3;
/// Letters that a number may begin with: `INV-1234567`.
const PREFIX: usize = 5;

/// Cuts runs of seven digits and more, hyphens, spaces and brackets between them counted in, and what a label names,
/// with the letters that belong to them.
pub(super) fn cut(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut clean = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        if !is_digit(chars[at]) {
            clean.push(chars[at]);
            at += 1;
            continue;
        }
        let mut end = at;
        let mut digits = 0;
        let mut next = at;
        while next < chars.len() && (is_digit(chars[next]) || is_joint(chars[next])) {
            if is_digit(chars[next]) {
                digits += 1;
                end = next + 1;
            }
            next += 1;
        }
        let prefix = prefix(&clean);
        let long = digits >= LONG;
        if long || (digits >= LABELLED && is_label(&clean[..clean.len() - prefix])) {
            clean.truncate(clean.len() - prefix);
            // `+81 (90) …`
            while long && clean.ends_with(['+', '＋', '(', '（']) {
                clean.pop();
            }
            clean.push(CUT);
        } else {
            clean.extend(&chars[at..end]);
        }
        at = end;
    }
    clean
}

fn is_digit(c: char) -> bool {
    c.is_numeric() && fold(&c.to_string()).chars().all(|c| c.is_ascii_digit())
}

fn is_joint(c: char) -> bool {
    " -‐–−ー－()（）+＋.".contains(c)
}

/// Bytes at the end of a text that are the letters of the number behind it: `A-`, `INV-`, `#`; a word is none.
fn prefix(text: &str) -> usize {
    let (mut bytes, mut letters) = (0, 0);
    for c in text.chars().rev() {
        let letter = fold(&c.to_string()).chars().all(|c| c.is_ascii_alphanumeric());
        if !letter && !"-‐–−－_".contains(c) {
            break;
        }
        letters += usize::from(letter);
        bytes += c.len_utf8();
    }
    if letters <= PREFIX { bytes } else { 0 }
}

/// Whether a text ends with a label and what may stand between it and its number.
fn is_label(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ":：#＃№はがの（(「".contains(c));
    let tail: String = text.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    let folded = fold(&tail);
    let folded = folded.trim_end_matches('.');
    if let Some(what) = folded.strip_suffix("番号").or_else(|| folded.strip_suffix("id"))
        && LABELS.iter().any(|label| what.ends_with(label))
    {
        return true;
    }
    let mut words = folded.split_whitespace().rev();
    let mut last = words.next().unwrap_or_default();
    if ["number", "no", "id", "nr"].contains(&last) {
        last = words.next().unwrap_or_default();
    }
    ENGLISH_LABELS.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::super::without_traces;

    #[test]
    fn a_number_goes_with_its_letters_and_a_short_one_when_its_label_tells_whose_it_is() {
        for (typed, kept) in [
            ("注文番号 A-1234567 の請求書", "注文番号 の請求書"),
            ("注文番号：A-123", "注文番号："),
            ("お客様番号は 4711 です", "お客様番号は です"),
            ("invoice no. INV-4711 is wrong", "invoice no. is wrong"),
            ("order #4711", "order #"),
            ("call +81 (90) 1234-5678 now", "call now"),
        ] {
            assert_eq!(without_traces(typed), kept, "{typed}");
        }
        for words in [
            "エラー番号 413 が出る",
            "the error number 5021",
            "注文番号を変更したい",
            "page 404",
            "in case 2 fails",
        ] {
            assert_eq!(without_traces(words), words);
        }
    }
}
