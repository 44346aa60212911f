//! Companies in a text, told by what makes a word the name of one: 株式会社やまびこ, やまびこ商事, Lanternfish Ltd.

use super::names::WHO;
use crate::traces::{CUT, is_hiragana, is_name_letter};
use std::ops::Range;

/// What stands before a company's name or behind it.
const MARKS: [&str; 7] = ["株式会社", "有限会社", "合同会社", "合資会社", "（株）", "(株)", "㈱"];
/// What ends a company's name.
const ENDINGS: [&str; 7] = ["商事", "商会", "商店", "工業", "製作所", "興業", "会社"];
/// 保険会社 and 子会社 are kinds of company and name none.
const KINDS: [&str; 70] = [
    "株式",
    "有限",
    "合同",
    "合資",
    "子",
    "親",
    "本",
    "当",
    "御",
    "貴",
    "弊",
    "他",
    "別",
    "各",
    "同",
    "両",
    "自",
    "先",
    "保険",
    "証券",
    "運送",
    "配送",
    "宅配",
    "輸送",
    "運輸",
    "倉庫",
    "管理",
    "運営",
    "販売",
    "カード",
    "クレジット",
    "リース",
    "セキュリティ",
    "サーバー",
    "ホスティング",
    "ソフト",
    "システム",
    "グループ",
    "関連",
    "関係",
    "系列",
    "電力",
    "ガス",
    "旅行",
    "開発",
    "制作",
    "広告",
    "通信",
    "電話",
    "鉄道",
    "航空",
    "派遣",
    "建設",
    "印刷",
    "出版",
    "不動産",
    "決済",
    "物流",
    "取引",
    "請求",
    "契約",
    "登録",
    "所属",
    "利用",
    "対象",
    "複数",
    "委託",
    "加盟",
    "海外",
    "大手",
];
/// What may follow 株式会社 where no name does.
const NO_NAME: [&str; 20] = [
    "など",
    "です",
    "でし",
    "では",
    "でも",
    "である",
    "でな",
    "から",
    "まで",
    "という",
    "として",
    "とは",
    "とも",
    "には",
    "にも",
    "への",
    "設立",
    "登記",
    "以外",
    "宛",
];
const PARTICLES: &str = "のはがをにとでもへや";
/// How words end that lead up to 会社 and are no name: 「うちの会社」, 「使っている会社」.
const LEADS_UP: &str = "のないるたうくがをにはでと";
/// Those that hardly ever stand inside of a name written in hiragana.
const CLEAR_PARTICLES: &str = "のはがを";
/// The legal forms that English and German names end with.
const FORMS: [&str; 8] = ["ltd", "inc", "llc", "llp", "gmbh", "corp", "corporation", "plc"];
/// Words that begin a sentence with a capital and no name.
const OPENERS: [&str; 24] = [
    "a", "an", "and", "are", "as", "at", "by", "can", "does", "for", "from", "hello", "hi", "i", "in", "is",
    "my", "of", "our", "the", "this", "to", "we", "with",
];

struct Found {
    /// In characters; everything that names the company.
    range: Range<usize>,
    /// The name without its form: やまびこ.
    core: String,
}

/// The text with [`WHO`] in place of companies; a quotation that names one goes whole.
pub(super) fn cut_companies(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut clean = String::with_capacity(text.len());
    let mut at = 0;
    for found in find(&chars) {
        let range = quotation(&chars, &found.range).unwrap_or(found.range);
        if range.start < at {
            continue;
        }
        clean.extend(&chars[at..range.start]);
        clean.push(WHO);
        at = range.end;
    }
    clean.extend(&chars[at..]);
    clean
}

/// The names of the companies in a text, without 株式会社 and its like: how they may be called elsewhere.
pub(super) fn companies_in(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    find(&chars).into_iter().map(|found| found.core).filter(|core| core.chars().count() > 1).collect()
}

fn find(chars: &[char]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let here = marked(chars, at).or_else(|| ended(chars, at)).or_else(|| formed(chars, at));
        match here.filter(|here| found.last().is_none_or(|last| last.range.end <= here.range.start)) {
            Some(here) => {
                at = here.range.end.max(at + 1);
                found.push(here);
            }
            None => at += 1,
        }
    }
    found
}

/// 株式会社やまびこ or やまびこ株式会社. Behind the mark or, where nothing is, before it; a mark alone names no one.
fn marked(chars: &[char], at: usize) -> Option<Found> {
    let mark = MARKS.iter().find(|mark| starts_with(chars, at, mark))?;
    let behind = at + mark.chars().count();
    let end = name_behind(chars, behind);
    if end > behind {
        return Some(Found { range: at..end, core: text(chars, behind..end).trim().to_owned() });
    }
    let from = name_before(chars, at);
    (from < at).then(|| Found { range: from..behind, core: text(chars, from..at) })
}

/// やまびこ商事
fn ended(chars: &[char], at: usize) -> Option<Found> {
    let ending = ENDINGS.iter().find(|ending| starts_with(chars, at, ending))?;
    let end = at + ending.chars().count();
    let from = name_before(chars, at);
    let name = text(chars, from..at);
    let kind = *ending == "会社" && KINDS.iter().any(|kind| name.ends_with(kind));
    if at - from < 2 || kind {
        return None;
    }
    // 商店街, 工業高校 and 会社名 are other words; やまびこ商事経理部 is not.
    let more = chars[end..].iter().take_while(|c| is_name_letter(**c)).count();
    let goes_on = text(chars, end..end + more);
    let section = ["部", "課", "室", "様", "御中"].iter().any(|word| goes_on.ends_with(word));
    (more == 0 || section).then(|| Found { range: from..end + more, core: text(chars, from..end) })
}

/// "Lanternfish Books Ltd", "Lanternfish, Inc."
fn formed(chars: &[char], at: usize) -> Option<Found> {
    let begins = |at: usize| at == 0 || !chars[at - 1].is_alphanumeric();
    if !begins(at) || !chars[at].is_ascii_uppercase() && !chars[at].is_ascii_lowercase() {
        return None;
    }
    let end = at + chars[at..].iter().take_while(|c| c.is_ascii_alphanumeric()).count();
    let form = text(chars, at..end).to_lowercase();
    if !FORMS.contains(&form.as_str()) {
        return None;
    }
    let mut from = at;
    loop {
        let gap = chars[..from].iter().rev().take_while(|c| matches!(c, ' ' | ',')).count();
        let word_end = from - gap;
        let letters = chars[..word_end]
            .iter()
            .rev()
            .take_while(|c| c.is_ascii_alphanumeric() || "&-.'".contains(**c))
            .count();
        let word = text(chars, word_end - letters..word_end);
        let capital = word.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '&');
        if gap == 0 || letters == 0 || !capital || OPENERS.contains(&word.to_lowercase().as_str()) {
            break;
        }
        from = word_end - letters;
    }
    (from < at).then(|| {
        let dot =
            usize::from(chars.get(end) == Some(&'.') && chars.get(end + 1).is_none_or(|c| !c.is_uppercase()));
        let core = text(chars, from..at).trim_matches([' ', ',']).to_owned();
        Found { range: from..end + dot, core }
    })
}

/// Where a name that begins here ends; here, when none does.
fn name_behind(chars: &[char], from: usize) -> usize {
    let rest: String = chars[from..].iter().take(4).collect();
    if NO_NAME.iter().any(|words| rest.starts_with(words)) {
        return from;
    }
    let begin = from + usize::from(chars.get(from).is_some_and(|c| matches!(c, ' ' | '\u{3000}')));
    let part_of_name =
        |c: char| is_name_letter(c) || c.is_alphanumeric() && !is_hiragana(c) || "・&＆".contains(c);
    let end = begin + chars[begin..].iter().take_while(|c| part_of_name(**c)).count();
    if end > begin {
        return end;
    }
    // In hiragana a particle may be a letter of the name, but not one of its first two.
    let run = chars[begin..].iter().take_while(|c| is_hiragana(**c)).count();
    if run < 2 {
        return from;
    }
    let last = |n: usize| {
        n + 1 == run || PARTICLES.contains(chars[begin + n + 1]) || starts_with(chars, begin + n, "です")
    };
    let ends = (2..run).find(|n| {
        let c = chars[begin + n];
        CLEAR_PARTICLES.contains(c) || (PARTICLES.contains(c) && last(*n))
    });
    begin + ends.unwrap_or(run)
}

/// Where a name that ends here begins; here, when none does.
fn name_before(chars: &[char], end: usize) -> usize {
    let back =
        |part: &dyn Fn(char) -> bool| end - chars[..end].iter().rev().take_while(|c| part(**c)).count();
    let from = back(&|c| is_name_letter(c) || c.is_alphanumeric() && !is_hiragana(c) || "・&＆".contains(c));
    if from < end {
        return from;
    }
    let from = back(&is_hiragana);
    // 「宛名はやまびこ商事」: a particle, unless the text begins with it.
    let particle =
        end - from > 2 && from > 0 && (chars[from - 1].is_alphanumeric()) && PARTICLES.contains(chars[from]);
    let from = from + usize::from(particle);
    let leads_up = end > from && LEADS_UP.contains(chars[end - 1]);
    if end - from < 2 || leads_up { end } else { from }
}

/// The quotation that something stands in, if it is as short as a name is.
fn quotation(chars: &[char], range: &Range<usize>) -> Option<Range<usize>> {
    const LONGEST: usize = 30;
    let open = (range.start.saturating_sub(LONGEST)..range.start)
        .rev()
        .find(|at| "「」『』\n".contains(chars[*at]))?;
    let end = (range.end + LONGEST).min(chars.len());
    let close = (range.end..end).find(|at| "「」『』\n".contains(chars[*at]))?;
    ("「『".contains(chars[open]) && "」』".contains(chars[close])).then_some(open..close + 1)
}

fn text(chars: &[char], range: Range<usize>) -> String {
    chars[range].iter().filter(|c| !matches!(**c, WHO | CUT)).collect()
}

fn starts_with(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(n, c)| chars.get(at + n) == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::{WHO, companies_in, cut_companies};

    #[test]
    fn companies_go_wherever_they_stand() {
        for (typed, kept) in [
            ("株式会社やまびこの請求書", "の請求書"),
            ("株式会社あおぞらの請求書", "の請求書"),
            ("青空株式会社の請求書", "の請求書"),
            ("やまびこ商事の請求書", "の請求書"),
            ("宛名はやまびこ商事です", "宛名はです"),
            ("宛名を「やまびこ商事 経理部」に変える", "宛名をに変える"),
            ("青空工業経理部へ", "へ"),
            ("やまびこ会社の請求書", "の請求書"),
            ("有限会社ヤマビコでは開けない", "では開けない"),
            ("we at Lanternfish Books Ltd. cannot", "we at  cannot"),
            ("At Lanternfish, Inc. we", "At  we"),
            ("die Laterne GmbH zahlt", "die  zahlt"),
        ] {
            assert_eq!(cut_companies(typed).replace(WHO, ""), kept, "{typed}");
        }
        assert_eq!(
            companies_in("株式会社やまびこの山田と、青空工業とLanternfish Ltd"),
            ["やまびこ", "青空工業", "Lanternfish"]
        );
    }

    #[test]
    fn words_that_name_no_company_stay() {
        for words in [
            "会社名を変更",
            "請求書の宛名を会社名にできますか？",
            "「株式会社」を付ける",
            "株式会社などの法人格",
            "株式会社です",
            "株式会社の場合",
            "保険会社と子会社の請求書",
            "うちの会社で使っている会社コード",
            "請求先を別の会社に変えたい",
            "私たちの株式会社です",
            "our Premium Limited plan",
            "地元の商店街",
            "工業高校の制服",
            "the limited plan",
            "Limited offer",
        ] {
            assert_eq!(cut_companies(words), words);
        }
    }
}
