//! What is left of a sentence when names and numbers are cut out of it, made readable again; or nothing, when it has
//! lost what it was about.

use super::fold::is_unspaced;
use super::names::WHO;
use crate::traces::{CUT, is_hiragana, is_name_letter};

/// What is said of a thing that is gone: 「電話は…です」.
const COPULAS: [&str; 6] = ["です", "でした", "でござ", "である", "となります", "になります"];
/// The particles that a gone thing leaves behind it, longest first.
const PARTICLES: [&str; 23] = [
    "からの",
    "までの",
    "からは",
    "への",
    "との",
    "での",
    "では",
    "には",
    "とは",
    "でも",
    "にも",
    "から",
    "まで",
    "より",
    "は",
    "が",
    "を",
    "に",
    "の",
    "も",
    "へ",
    "と",
    "で",
];
/// What a thing that is gone was called.
const LABELS: [&str; 17] = [
    "メールアドレス",
    "電話番号",
    "携帯番号",
    "連絡先",
    "お電話",
    "電話",
    "携帯",
    "ご住所",
    "住所",
    "宛先",
    "メール",
    "アドレス",
    "URL",
    "TEL",
    "Tel",
    "Email",
    "E-mail",
];
/// English words that hold a sentence together and lead up to what is gone.
const LEADING: [&str; 17] = [
    "for", "at", "from", "of", "to", "on", "in", "by", "with", "via", "and", "or", "the", "a", "an", "our",
    "#",
];
const HOLDING: [&str; 31] = [
    "for", "at", "from", "of", "to", "on", "in", "by", "with", "via", "and", "or", "the", "a", "an", "our",
    "is", "are", "was", "it", "its", "i", "we", "my", "me", "us", "you", "your", "this", "that", "please",
];

pub(super) fn is_mark(c: char) -> bool {
    matches!(c, CUT | WHO)
}

/// The sentence without its marks and without the words that have lost their hold. `None` when less than `least` telling
/// words are left of one that something was cut from.
pub(super) fn mended(marked: &str, least: usize) -> Option<String> {
    let cuts = marked.chars().filter(|c| is_mark(*c)).count();
    if cuts == 0 {
        return Some(marked.to_owned());
    }
    let clauses = marked.split_inclusive(['、', '，']).filter_map(clause);
    let whole: String = clauses.collect();
    let whole = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = whole.trim_end_matches(['、', '，', ',', ' ']);
    let telling = telling_words(whole);
    (telling >= least && (least < 2 || telling >= cuts)).then(|| whole.to_owned())
}

/// One clause without its marks; `None` when what it said was what is gone.
fn clause(marked: &str) -> Option<String> {
    let mut left = String::new();
    let mut rest = joined(marked);
    while let Some(at) = rest.find(is_mark) {
        left.push_str(&rest[..at]);
        let behind = rest[at..].trim_start_matches(is_mark).to_owned();
        let opened = left.trim_end().chars().next_back().is_some_and(|c| "「『（(\"“".contains(c));
        let closed = behind.trim_start().starts_with(|c| "」』）)\"”".contains(c));
        rest = if opened && closed {
            left.truncate(left.trim_end().len());
            left.pop();
            behind.trim_start().chars().skip(1).collect()
        } else {
            behind
        };
        rest = around(&mut left, &rest)?;
    }
    left.push_str(&rest);
    Some(left)
}

/// Marks with nothing but connecting words between them are one: 「〇〇の〇〇」, "… from …".
fn joined(marked: &str) -> String {
    let mut out = String::new();
    let mut rest = marked;
    while let Some(at) = rest.find(is_mark) {
        out.push_str(&rest[..at]);
        out.push(CUT);
        rest = rest[at..].trim_start_matches(is_mark);
        while let Some(next) = rest.find(is_mark) {
            let between = rest[..next].trim();
            if !(between.is_empty()
                || ["の", "・", "/", "／", "from", "at", "と", ",", "-"].contains(&between))
            {
                break;
            }
            rest = rest[next..].trim_start_matches(is_mark);
        }
    }
    out + rest
}

/// Mends what stands left of a gone thing; gives what stays at its right.
fn around(left: &mut String, right: &str) -> Option<String> {
    let labelled = drop_label(left);
    let before = left.trim_end();
    let after = right.trim_start();
    let japanese =
        before.chars().next_back().is_some_and(is_unspaced) || after.chars().next().is_some_and(is_unspaced);
    if !japanese {
        drop_leading(left);
        return Some(right.to_owned());
    }
    let over = after.trim_matches(|c: char| "。、，．.!！?？".contains(c) || c.is_whitespace()).is_empty();
    let copula = COPULAS.iter().any(|copula| after.starts_with(copula));
    let topic = before.ends_with(['は', 'が', 'も']);
    if (over || copula) && (labelled || topic || before.is_empty()) {
        return None;
    }
    if over || copula {
        let ends = PARTICLES
            .iter()
            .find(|particle| before.ends_with(**particle))
            .map_or(0, |particle| particle.len());
        left.truncate(before.len() - ends);
        return Some(after.to_owned());
    }
    if let Some(owner) = before.strip_suffix('の').filter(|owner| !owner.is_empty()) {
        // 「担当の〇〇に聞く」 → 「担当に聞く」
        left.truncate(owner.len());
        return Some(after.to_owned());
    }
    match PARTICLES.iter().find_map(|particle| after.strip_prefix(particle)) {
        Some(goes_on) => Some(goes_on.to_owned()),
        None => Some(right.to_owned()),
    }
}

/// 「注文番号」, 「電話：」. Tells whether one was there.
fn drop_label(left: &mut String) -> bool {
    let before = left.trim_end_matches(|c: char| c.is_whitespace() || ":：#＃".contains(c));
    let mut begin = None;
    if let Some(what) = before.strip_suffix("番号") {
        let name: usize = what.chars().rev().take_while(|c| is_name_letter(*c)).map(char::len_utf8).sum();
        let polite = what[..what.len() - name].chars().next_back().filter(|c| matches!(c, 'お' | 'ご'));
        begin = Some(what.len() - name - polite.map_or(0, char::len_utf8));
    } else if let Some(label) = LABELS.iter().find(|label| before.ends_with(**label)) {
        begin = Some(before.len() - label.len());
    } else {
        // "order no. …", "invoice number …"
        let trimmed = before.trim_end_matches('.');
        let word = trimmed.rsplit(' ').next().unwrap_or_default();
        if ["number", "no", "phone", "order", "invoice"].contains(&word.to_lowercase().as_str())
            && left.len() > before.len()
        {
            let kept = trimmed.len() - word.len();
            left.truncate(kept);
            let again = left.trim_end();
            if let Some(what) = again.rsplit(' ').next().filter(|what| {
                ["order", "invoice", "customer", "account"].contains(&what.to_lowercase().as_str())
            }) {
                let kept = again.len() - what.len();
                left.truncate(kept);
            }
            return false;
        }
    }
    match begin {
        Some(begin) => {
            left.truncate(begin);
            true
        }
        None => false,
    }
}

/// "stops for …" → "stops".
fn drop_leading(left: &mut String) {
    loop {
        let before = left.trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        if word.is_empty() || !LEADING.contains(&word.to_lowercase().as_str()) {
            break;
        }
        let kept = before.len() - word.len();
        left.truncate(kept);
    }
}

/// Words that tell something: runs of kanji, katakana, letters or digits, long ones of hiragana, and English words that
/// do more than hold others together.
fn telling_words(text: &str) -> usize {
    #[derive(PartialEq, Clone, Copy)]
    enum Kind {
        Name,
        Latin,
        Hiragana,
        Other,
    }
    let kind = |c: char| match c {
        _ if is_name_letter(c) => Kind::Name,
        _ if is_hiragana(c) => Kind::Hiragana,
        '-' | '\'' | '’' => Kind::Latin,
        _ if c.is_alphanumeric() => Kind::Latin,
        _ => Kind::Other,
    };
    let chars: Vec<char> = text.chars().collect();
    chars
        .chunk_by(|a, b| kind(*a) == kind(*b))
        .filter(|run| match kind(run[0]) {
            Kind::Name => true,
            Kind::Hiragana => run.len() >= 4,
            Kind::Latin => {
                let word: String = run.iter().collect();
                run.iter().any(|c| c.is_alphanumeric()) && !HOLDING.contains(&word.to_lowercase().as_str())
            }
            Kind::Other => false,
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::{CUT, WHO, mended};

    fn mend(words: &str) -> Option<String> {
        mended(&words.replace('W', &WHO.to_string()).replace('N', &CUT.to_string()), 2)
    }

    #[test]
    fn what_is_left_reads_as_a_sentence() {
        for (marked, kept) in [
            ("担当のWに聞いたところ、UTF-8だそうです", "担当に聞いたところ、UTF-8だそうです"),
            ("注文番号 N の請求書の宛名をWに変えたいです。", "請求書の宛名を変えたいです。"),
            ("ログインのメールがNに届かない", "ログインのメールが届かない"),
            ("エラー413がNで出る", "エラー413が出る"),
            ("Wの請求書が届かない", "請求書が届かない"),
            ("請求書の宛名を「W」に変えたい", "請求書の宛名を変えたい"),
            ("The import stops for W", "The import stops"),
            ("the import for W stops at row 12", "the import stops at row 12"),
            ("nothing was cut", "nothing was cut"),
        ] {
            assert_eq!(mend(marked).as_deref(), Some(kept), "{marked}");
        }
    }

    #[test]
    fn what_has_lost_its_subject_is_dropped() {
        for marked in [
            "電話はN、住所はNです。",
            "連絡先はN、またはNまで。",
            "Nを見て",
            "Call W on N or write to N.",
            "order no. N",
            "W",
        ] {
            assert_eq!(mend(marked), None, "{marked}");
        }
    }
}
