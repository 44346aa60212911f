//! Postal addresses: a run from a prefecture or town to its numbers, with the building behind them, and "12 Baker
//! Street, London".

use super::{CUT, is_hiragana, is_name_letter};

const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];
const TOWNS: &str = "市区町村郡";
/// A town's name in hiragana begins with none of these.
const PARTICLES: &str = "はがをにで";
/// What an address is called where one stands without numbers, too.
const LABELS: [&str; 6] = ["住所は", "住所：", "住所:", "所在地は", "送付先は", "お届け先は"];
const BUILDINGS: [&str; 9] =
    ["ビル", "マンション", "ハイツ", "コーポ", "タワー", "アパート", "号室", "号館", "階"];
const STREETS: [&str; 14] = [
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "lane",
    "ln",
    "drive",
    "boulevard",
    "blvd",
    "court",
    "square",
    "terrace",
];
/// The longest place between a prefecture and its numbers, in characters.
const LONGEST: usize = 30;

pub(super) fn cut(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut clean = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let found = post_code(&chars, at)
            .or_else(|| japanese(&chars, at))
            .or_else(|| labelled(&chars, at, &clean))
            .or_else(|| english(&chars, at));
        match found {
            Some(end) => {
                if !clean.trim_end().ends_with(CUT) {
                    clean.push(CUT);
                }
                at = end;
            }
            None => {
                clean.push(chars[at]);
                at += 1;
            }
        }
    }
    clean
}

/// 〒105-0011
fn post_code(chars: &[char], at: usize) -> Option<usize> {
    (chars[at] == '〒').then(|| {
        let of_code = |c: &&char| c.is_numeric() || " -‐−ー－\u{3000}".contains(**c);
        let mut end = at + 1 + chars[at + 1..].iter().take_while(of_code).count();
        while chars[end - 1].is_whitespace() {
            end -= 1;
        }
        end
    })
}

fn japanese(chars: &[char], at: usize) -> Option<usize> {
    let begins = begins_word(chars, at);
    let prefecture = PREFECTURES.iter().find(|name| starts_with(chars, at, name));
    if !begins && prefecture.is_none() {
        return None;
    }
    let from = at + prefecture.map_or(0, |name| name.chars().count());
    let place = place(chars, from);
    let town = chars[at..place].iter().skip(1).any(|c| TOWNS.contains(*c));
    if !town && (prefecture.is_none() || place == from) {
        return None;
    }
    Some(building(chars, house(chars, place)?))
}

/// An address without numbers where a label says that it is one.
fn labelled(chars: &[char], at: usize, before: &str) -> Option<usize> {
    if !is_name_letter(chars[at]) || !LABELS.iter().any(|label| before.trim_end().ends_with(label)) {
        return None;
    }
    let end = place(chars, at);
    let named = chars[at..end].iter().skip(1).any(|c| "都道府県市区町村".contains(*c));
    named.then(|| building(chars, house(chars, end).unwrap_or(end)))
}

/// Whether a name may begin here: not in the middle of one, and not with the particle before it.
fn begins_word(chars: &[char], at: usize) -> bool {
    let c = chars[at];
    let before = at.checked_sub(1).map(|before| chars[before]);
    if is_name_letter(c) {
        return before.is_none_or(|before| !is_name_letter(before));
    }
    is_hiragana(c)
        && before.is_none_or(|before| !is_hiragana(before) || PARTICLES.contains(before))
        && !PARTICLES.contains(c)
}

/// Where the names of a place end: kanji and katakana, and hiragana that a town's name is written in.
fn place(chars: &[char], from: usize) -> usize {
    let mut end = from;
    while end < chars.len() && end - from < LONGEST {
        if is_name_letter(chars[end]) {
            end += 1;
            continue;
        }
        let hiragana = chars[end..].iter().take(LONGEST).take_while(|c| is_hiragana(**c)).count();
        let of_town = hiragana > 0
            && !PARTICLES.contains(chars[end])
            && chars.get(end + hiragana).is_some_and(|c| TOWNS.contains(*c));
        if !of_town {
            break;
        }
        end += hiragana;
    }
    end
}

/// Where the numbers of a house end: 4-2-8, 2丁目3番地; one number alone is none.
fn house(chars: &[char], from: usize) -> Option<usize> {
    let from = from + usize::from(chars.get(from).is_some_and(|c| c.is_whitespace() && *c != '\n'));
    if !chars.get(from).is_some_and(|c| c.is_numeric()) {
        return None;
    }
    let (mut end, mut groups, mut named) = (from, 0, false);
    while end < chars.len() {
        if chars[end].is_ascii_digit() || ('０'..='９').contains(&chars[end]) {
            groups += usize::from(end == from || !is_digit(chars[end - 1]));
            end += 1;
        } else if let Some(word) =
            ["丁目", "番地", "番", "号"].iter().find(|word| starts_with(chars, end, word))
        {
            named = true;
            end += word.chars().count();
        } else if "-‐−–ー－の".contains(chars[end]) && chars.get(end + 1).is_some_and(|c| is_digit(*c))
        {
            end += 1;
        } else {
            break;
        }
    }
    (groups > 1 || named).then_some(end)
}

fn building(chars: &[char], from: usize) -> usize {
    let begin = from + usize::from(chars.get(from).is_some_and(|c| matches!(c, ' ' | '\u{3000}')));
    let of_name =
        |c: &&char| is_name_letter(**c) || c.is_ascii_alphanumeric() || is_digit(**c) || "・-".contains(**c);
    let end = begin + chars[begin..].iter().take_while(of_name).count();
    let name: String = chars[begin..end].iter().collect();
    let floor = name.ends_with(['F', 'Ｆ']) && name.contains(|c: char| c.is_ascii_digit());
    if floor || BUILDINGS.iter().any(|word| name.contains(word)) { end } else { from }
}

/// "12 Baker Street, London NW1 6XE".
fn english(chars: &[char], at: usize) -> Option<usize> {
    let inside = at.checked_sub(1).is_some_and(|before| chars[before].is_alphanumeric());
    if inside || !chars[at].is_ascii_digit() {
        return None;
    }
    let mut words = Words { chars, at };
    let number = words.next()?;
    if number.text.len() > 6 || !number.text.chars().all(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let mut end = None;
    for n in 0..4 {
        let word = words.next()?;
        if !word.text.starts_with(char::is_uppercase) {
            return None;
        }
        if n > 0 && STREETS.contains(&word.text.trim_end_matches('.').to_lowercase().as_str()) {
            end = Some(word.end);
            break;
        }
    }
    let mut end = end?;
    // The town and its code, behind commas.
    while chars.get(end) == Some(&',') {
        let more = Words { chars, at: end + 1 };
        let mut last = None;
        for word in more {
            let of_town = word.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            if !of_town {
                break;
            }
            last = Some(word.end);
            if chars.get(word.end).is_some_and(|c| *c != ' ') {
                break;
            }
        }
        match last {
            Some(last) => end = last,
            None => break,
        }
    }
    Some(end)
}

/// Words on one line, without the punctuation behind them.
struct Words<'c> {
    chars: &'c [char],
    at: usize,
}

struct Word {
    text: String,
    end: usize,
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let begin = self.at + self.chars.get(self.at..)?.iter().take_while(|c| **c == ' ').count();
        let end =
            begin + self.chars[begin..].iter().take_while(|c| c.is_alphanumeric() || **c == '\'').count();
        self.at = end;
        (end > begin).then(|| Word { text: self.chars[begin..end].iter().collect(), end })
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn starts_with(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(n, c)| chars.get(at + n) == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::super::without_traces;

    #[test]
    fn a_postal_address_goes_with_its_code_and_its_building() {
        for (typed, kept) in [
            ("東京都港区芝公園4-2-8です", "です"),
            ("〒105-0011 東京都港区芝公園4-2-8 芝公園ビル3Fに送ってください", "に送ってください"),
            ("請求先は埼玉県さいたま市浦和区１丁目２番地３号です", "請求先はです"),
            ("横浜市中区本町2-3 に移りました", "に移りました"),
            ("請求先はさいたま市浦和区1-2です", "請求先はです"),
            ("住所は東京都港区です", "住所はです"),
            (
                "We moved to 12 Baker Street, London NW1 6XE. Please change it",
                "We moved to . Please change it",
            ),
        ] {
            assert_eq!(without_traces(typed), kept, "{typed}");
        }
    }

    #[test]
    fn places_and_numbers_that_nobody_lives_at_stay() {
        for words in [
            "北海道へ配送できますか",
            "東京都の税率が1つ違う",
            "市区町村コード3つを入れる",
            "住所はどこで変更できますか",
            "第3章の4-2-8を読みました",
            "区分1-2を選ぶ",
            "12 Months of invoices",
            "Step 2 Drive settings",
        ] {
            assert_eq!(without_traces(words), words);
        }
    }
}
