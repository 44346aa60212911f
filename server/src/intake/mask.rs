//! What was typed is kept to learn from, not to know who typed it: addresses and long numbers are taken out first.

/// Digits in a row (hyphens and spaces between them counted through) that are a number of somebody's: a telephone, a
/// card, a customer. Error codes and years are shorter.
const LONG_NUMBER: usize = 7;

/// Characters that are kept of what was typed.
const LONGEST: usize = 2_000;

/// The text with mail addresses as `@` and long numbers as `#`, cut to a length that still tells what it was about.
pub fn mask(text: &str) -> String {
    let kept: String = text.chars().take(LONGEST).collect();
    let words: Vec<String> = kept.split_inclusive(char::is_whitespace).map(without_addresses).collect();
    without_long_numbers(&words.concat())
}

/// Japanese has no spaces: an address ends where its characters do.
fn without_addresses(word: &str) -> String {
    let part = |c: char| c.is_ascii_alphanumeric() || "._%+-@".contains(c);
    let mut out = String::with_capacity(word.len());
    let mut run = String::new();
    let flush = |run: &mut String, out: &mut String| {
        let is_address =
            run.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
        out.push_str(if is_address { "@" } else { run });
        run.clear();
    };
    for c in word.chars() {
        if part(c) {
            run.push(c);
        } else {
            flush(&mut run, &mut out);
            out.push(c);
        }
    }
    flush(&mut run, &mut out);
    out
}

fn without_long_numbers(text: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let flush = |run: &mut String, out: &mut String| {
        if run.chars().filter(|c| is_digit(*c)).count() >= LONG_NUMBER {
            let tail: String = run.chars().rev().take_while(|c| !is_digit(*c)).collect();
            out.push('#');
            out.extend(tail.chars().rev());
        } else {
            out.push_str(run);
        }
        run.clear();
    };
    for c in text.chars() {
        if is_digit(c) || (!run.is_empty() && matches!(c, '-' | ' ' | '－' | '(' | ')')) {
            run.push(c);
        } else {
            flush(&mut run, &mut out);
            out.push(c);
        }
    }
    flush(&mut run, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn addresses_and_long_numbers_are_taken_out() {
        assert_eq!(mask("Mail to hotaru@hoshizora.example please"), "Mail to @ please");
        assert_eq!(mask("hotaru@hoshizora.exampleに届きません"), "@に届きません");
        assert_eq!(mask("call 03-1234-5678 today"), "call # today");
        assert_eq!(mask("番号は０９０１２３４５６７８です"), "番号は#です");
    }

    #[test]
    fn what_helps_to_understand_stays() {
        for text in ["ERR_5021 on 2026-06", "50 users @ once", "v2.4.6-p1", "請求書 3 枚"] {
            assert_eq!(mask(text), text);
        }
        assert_eq!(mask(&"長".repeat(5_000)).chars().count(), 2_000);
    }
}
