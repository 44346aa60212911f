//! What in a text tells who wrote it, whatever it is about: addresses and long numbers.

use crate::desk::fold;

/// Without mail addresses, web addresses, and numbers long enough for a telephone, an account or an order.
pub fn without_traces(sentence: &str) -> String {
    let mut words = Vec::new();
    for word in sentence.split_whitespace() {
        words.push(without_addresses(word));
    }
    without_numbers(&words.join(" "))
}

/// Japanese puts no space around an address: what is cut is the run of characters that addresses are made of, in
/// either width.
fn without_addresses(word: &str) -> String {
    let in_address = |c: char| c.is_ascii_alphanumeric() || "@._-+%:/?#=&~".contains(c);
    let is_address = |run: &str| run.contains('@') || run.contains("://") || run.starts_with("www.");
    let mut clean = String::new();
    let (mut typed, mut folded_run) = (String::new(), String::new());
    for c in word.chars() {
        let folded = fold(&c.to_string());
        if folded.chars().all(in_address) {
            typed.push(c);
            folded_run.push_str(&folded);
            continue;
        }
        if !is_address(&folded_run) {
            clean.push_str(&typed);
        }
        typed.clear();
        folded_run.clear();
        clean.push(c);
    }
    if !is_address(&folded_run) {
        clean.push_str(&typed);
    }
    clean
}

/// Drops runs of seven digits and more, hyphens, spaces and brackets between them counted in.
fn without_numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |c: char| c.is_numeric() && fold(&c.to_string()).chars().all(|c| c.is_ascii_digit());
    let is_joint = |c: char| " -‐–−ー－()（）+＋.".contains(c);
    let mut clean = String::new();
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
        if digits < 7 {
            clean.extend(&chars[at..end]);
        }
        at = end;
    }
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::without_traces;

    #[test]
    fn addresses_and_long_numbers_go_and_codes_stay() {
        for (typed, kept) in [
            ("invoice for aoi@example.com", "invoice for"),
            ("請求書をaoi@example.comへ", "請求書をへ"),
            ("注文 １２３４−５６７８ が届かない", "注文 が届かない"),
            ("ERR_5021 after v2.4.6", "ERR_5021 after v2.4.6"),
        ] {
            assert_eq!(without_traces(typed), kept);
        }
    }
}
