//! Mail addresses, web addresses with everything that hangs on them, and keys.

use super::{CUT, is_name_letter};
use crate::desk::fold;

/// Parameters whose value is nobody's business.
const SECRETS: [&str; 14] = [
    "token", "key", "apikey", "api_key", "api-key", "password", "passwd", "pass", "pwd", "secret", "auth",
    "session", "sid", "sig",
];
/// What closes a sentence or a bracket around an address is no part of it.
const AROUND: &str = ".,;:!?'\"()[]{}*_";

pub(super) fn cut(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        cut_word(word, &mut clean);
        clean.push_str(&piece[word.len()..]);
    }
    clean
}

/// A stretch of a word: characters that addresses are made of, or others.
struct Run {
    typed: Vec<char>,
    /// As `typed`, one for one: full-width letters as ASCII.
    folded: Vec<char>,
    of_address: bool,
}

impl Run {
    /// The part between what merely stands around it, as a range of characters. A bracket that was opened inside of an
    /// address belongs to it.
    fn core(&self) -> std::ops::Range<usize> {
        let start = self.folded.iter().take_while(|c| AROUND.contains(**c)).count();
        let mut end = self.folded.len();
        while end > start && AROUND.contains(self.folded[end - 1]) {
            let count = |bracket| self.folded[start..end].iter().filter(|c| **c == bracket).count();
            if self.folded[end - 1] == ')' && count('(') >= count(')') {
                break;
            }
            end -= 1;
        }
        start..end
    }

    fn words(&self) -> String {
        self.folded[self.core()].iter().collect()
    }
}

/// Japanese puts no space around an address: what is cut is the run of characters that addresses are made of, in
/// either width, and in a web address what such characters go on with behind Japanese letters.
fn cut_word(word: &str, clean: &mut String) {
    let runs = runs(word);
    let mut at = 0;
    while let Some(run) = runs.get(at) {
        let words = run.words();
        if !run.of_address || !(is_address(&words) || is_key(&words)) {
            clean.extend(&run.typed);
            at += 1;
            continue;
        }
        let core = run.core();
        clean.extend(&run.typed[..core.start]);
        clean.push(CUT);
        let goes_on = |run: &Run| {
            let words = run.words();
            words.len() > 1
                && run.of_address
                && run.folded[0] != '.'
                && run.folded.iter().any(|c| "?&/#%=".contains(*c))
        };
        let last = if is_web(&words) {
            (at + 1..runs.len()).rev().find(|next| goes_on(&runs[*next])).unwrap_or(at)
        } else {
            at
        };
        let tail = &runs[last];
        clean.extend(&tail.typed[if last == at { core.end } else { tail.core().end }..]);
        at = last + 1;
        // `/u/山田` and `?name=山田`: the name belongs to the address.
        let open = is_web(&words) && tail.folded.last().is_some_and(|c| "/=-_".contains(*c));
        if let Some(next) = runs.get(at).filter(|_| open) {
            let name = next.typed.iter().take_while(|c| is_name_letter(**c)).count();
            clean.extend(&next.typed[name..]);
            at += 1;
        }
    }
}

fn runs(word: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for c in word.chars() {
        let folded = fold(&c.to_string());
        // What one character unfolds to (㈱, ㎏) is no part of an address.
        let single = folded.chars().next().filter(|_| folded.chars().count() == 1).unwrap_or(c);
        let of_address = single.is_ascii_alphanumeric()
            || "@._-+%:/?#=&~".contains(single)
            || (c.is_ascii() && "!$*,;|^'()[]{}".contains(c));
        match runs.last_mut().filter(|run| run.of_address == of_address) {
            Some(run) => {
                run.typed.push(c);
                run.folded.push(single);
            }
            None => runs.push(Run { typed: vec![c], folded: vec![single], of_address }),
        }
    }
    runs
}

fn is_address(words: &str) -> bool {
    words.contains('@') || is_web(words) || is_secret_pair(words)
}

fn is_web(words: &str) -> bool {
    words.contains("://") || words.starts_with("www.") || is_web_without_scheme(words)
}

/// `portal.example/u/taro?token=abc`, but not `Node.js/TypeScript`.
fn is_web_without_scheme(words: &str) -> bool {
    let Some(end) = words.find(['/', '?']) else { return false };
    let (host, path) = (&words[..end], &words[end + 1..]);
    let named = host.rsplit_once('.').is_some_and(|(site, top)| {
        !site.is_empty() && top.len() > 1 && top.chars().all(|c| c.is_ascii_alphabetic())
    });
    named && path.contains(['/', '?', '='])
}

/// `token=abc`, wherever it stands.
fn is_secret_pair(words: &str) -> bool {
    words.split(['&', '?', ';', ',']).filter_map(|pair| pair.split_once('=')).any(|(name, value)| {
        let name = name.rsplit(['/', '.', ':']).next().unwrap_or(name);
        let secret = SECRETS.iter().any(|secret| {
            name == *secret || name.strip_suffix(secret).is_some_and(|before| before.ends_with(['_', '-']))
        });
        secret && !value.is_empty()
    })
}

/// A key or a token by its looks: long, and letters and digits mixed.
fn is_key(words: &str) -> bool {
    words.split(['-', '_', '.', ':', '/']).any(|part| {
        let digits = part.chars().filter(char::is_ascii_digit).count();
        let letters = part.chars().filter(char::is_ascii_alphabetic).count();
        part.len() >= 12 && digits >= 2 && letters >= 2 && digits + letters == part.len()
    })
}

#[cfg(test)]
mod tests {
    use super::super::{CUT, without_traces};
    use super::cut;

    #[test]
    fn an_address_goes_with_everything_that_hangs_on_it() {
        for (typed, kept) in [
            ("https://yamabiko.example/u/taro?token=abc を開く", "を開く"),
            ("https://yamabiko.example/u/taro?token=abc,def;ghi!jkl(mno)を開く", "を開く"),
            ("https://yamabiko.example/検索?q=山田太郎&token=abcを見てください", "を見てください"),
            ("https://yamabiko.example/u/山田太郎を見てください", "を見てください"),
            ("yamabiko.example/u/taro?token=abc が開けない", "が開けない"),
            ("yamabiko.example?token=abc", ""),
            ("末尾の?token=abcを消しました", "末尾の?を消しました"),
            ("(see https://yamabiko.example/u?x=1). Then stop", "(see ). Then stop"),
            ("ｈｔｔｐｓ：／／ｙａｍａｂｉｋｏ．ｅｘａｍｐｌｅ／？ｔｏｋｅｎ＝ａｂｃを開く", "を開く"),
            ("the key sk_live_51Hx8QzAbCdEf is refused", "the key is refused"),
        ] {
            assert_eq!(without_traces(typed), kept, "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_stays() {
        for words in [
            "Node.js/TypeScript で A/B を試す",
            "v2.4.6/x, UTF-8, ERR_5021?",
            "本当に?はい!それだけ",
            "SSO(SAML)を使う",
            "internationalization と accessibility",
        ] {
            assert_eq!(cut(words), words);
        }
        assert_eq!(cut("a@b.example\nsecond  line"), format!("{CUT}\nsecond  line"), "lines and spaces stay");
    }
}
