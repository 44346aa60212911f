//! Names in a text: those that are known are cut out, and those that can be told by what Japanese and English put around
//! them, for a customer writes of people and companies that stand in no table.

use super::companies::cut_companies;
use super::fold::is_unspaced;

/// Stands where somebody's name was cut out.
pub(super) const WHO: char = '\u{fff9}';

/// What Japanese puts behind a name.
const TITLES: [&str; 4] = ["さん", "さま", "様", "氏"];
/// What may follow such a title, if it is one: 「様子」 and 「さんざん」 are words.
const AFTER_TITLE: &str = "はがをにのもとへでやかよ、。，．,.!！?？」）)・:：";
/// Kanji before 様 and さん that name no one: 仕様, 同様, 皆様, 担当者様, 会員様.
const NOBODY: &str = "仕同多模異有文客皆神何者員社店先業屋子母父兄姉奥娘";
/// The same in katakana.
const NOBODY_EITHER: [&str; 8] =
    ["ユーザー", "ユーザ", "オーナー", "スタッフ", "メーカー", "サポート", "ゲスト", "メンバー"];
/// What English puts before a name.
const FORMS_OF_ADDRESS: [&str; 5] = ["mr", "mrs", "ms", "dr", "prof"];

/// A text without the names that are known and those that can be told. Spaces and line ends stay as they are.
pub(super) fn cut_names(text: &str, known: &[String]) -> String {
    mark_names(text, known).replace(WHO, "")
}

/// A text with [`WHO`] in place of the names that are known and those that can be told.
pub(super) fn mark_names(text: &str, known: &[String]) -> String {
    let mut parts: Vec<String> = known
        .iter()
        .flat_map(|name| {
            let whole = name.split_whitespace().collect::<String>();
            name.split_whitespace().map(str::to_owned).chain([name.clone(), whole]).collect::<Vec<_>>()
        })
        .filter(|part| part.chars().count() > 1)
        .collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.chars().count()));
    parts.dedup();
    // Companies first: a name that is known may be the half of one.
    let text = cut_companies(&text.replace(WHO, " "));
    let text = parts.iter().fold(text, |text, part| cut_known(&text, part));
    let spoken: Vec<String> = parts.iter().filter_map(|part| spoken(part)).collect();
    let text = if spoken.is_empty() { text } else { cut_spelled(&text, &spoken) };
    cut_addressed(&cut_titled(&text))
}

/// Cuts every occurrence of a name, case aside, with the title behind it; of a name in Latin letters only whole words.
fn cut_known(text: &str, part: &str) -> String {
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
        clean.push(WHO);
        let rest: String = chars[at..].iter().take(2).collect();
        if let Some(title) = TITLES.iter().chain(&["'s", "’s"]).find(|title| rest.starts_with(**title)) {
            at += title.chars().count();
        }
    }
    clean
}

/// How a name is spoken, in katakana: つむぎ, ツムギ, Tsumugi and tumugi are one. `None` of kanji and of foreign names.
fn spoken(name: &str) -> Option<String> {
    let as_katakana = |c: char| match c {
        '\u{3041}'..='\u{3096}' => char::from_u32(c as u32 + 0x60),
        'ァ'..='ヺ' | 'ー' => Some(c),
        _ => None,
    };
    let kana = name.chars().map(as_katakana).collect::<Option<String>>();
    kana.or_else(|| crate::search::katakana(&name.to_lowercase())).filter(|kana| kana.chars().count() > 1)
}

/// Cuts whole Latin words that are spoken like one of these names.
fn cut_spelled(text: &str, names: &[String]) -> String {
    let is_latin = |c: char| c.is_ascii_alphanumeric();
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find(is_latin) {
        let (before, from) = rest.split_at(begin);
        let (word, after) = from.split_at(from.find(|c| !is_latin(c)).unwrap_or(from.len()));
        clean.push_str(before);
        match spoken(word).filter(|word| names.contains(word)) {
            Some(_) => clean.push(WHO),
            None => clean.push_str(word),
        }
        rest = after;
    }
    clean + rest
}

/// 「担当の佐藤さんに」 → 「担当のに」.
fn cut_titled(text: &str) -> String {
    let mut clean = String::new();
    let mut rest = text;
    while let Some((at, title)) =
        TITLES.iter().filter_map(|title| Some((rest.find(title)?, *title))).min_by_key(|found| found.0)
    {
        let (before, after) = (&rest[..at], &rest[at + title.len()..]);
        let ends = after.chars().next().is_none_or(|c| c.is_whitespace() || AFTER_TITLE.contains(c));
        let is_katakana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー');
        let is_kanji = |c: char| is_unspaced(c) && !matches!(c, '\u{3040}'..='\u{30ff}');
        let name_from = |part_of_name: &dyn Fn(char) -> bool| {
            before.char_indices().rev().take_while(|(_, c)| part_of_name(*c)).last().map(|(from, _)| from)
        };
        let from = name_from(&is_kanji).or_else(|| name_from(&is_katakana)).filter(|from| {
            let name = &before[*from..];
            !name.ends_with(|c| NOBODY.contains(c)) && !NOBODY_EITHER.contains(&name)
        });
        match from.filter(|_| ends) {
            Some(from) => {
                clean.push_str(&before[..from]);
                clean.push(WHO);
            }
            None => {
                clean.push_str(before);
                clean.push_str(title);
            }
        }
        rest = after;
    }
    clean + rest
}

/// "Mr. Smith told me" → " told me".
fn cut_addressed(text: &str) -> String {
    let mut clean = String::new();
    let mut of_a_name = false;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if FORMS_OF_ADDRESS.contains(&bare.to_lowercase().as_str()) && bare.starts_with(char::is_uppercase) {
            of_a_name = true;
            clean.push(WHO);
            continue;
        }
        if of_a_name && bare.starts_with(char::is_uppercase) {
            // The name ends with its sentence, and what ends it stays.
            let behind = &word[word.rfind(bare).unwrap_or(0) + bare.len()..];
            of_a_name = behind.trim().is_empty();
            clean.push_str(if of_a_name { "" } else { behind });
            continue;
        }
        of_a_name = false;
        clean.push_str(word);
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::cut_names;

    #[test]
    fn people_and_companies_that_nobody_knows_are_told_by_what_stands_around_them() {
        for (typed, kept) in [
            ("担当の佐藤さんに聞いたところ", "担当のに聞いたところ"),
            ("山田様", ""),
            ("ジョンソン様が退職しました", "が退職しました"),
            ("株式会社あおぞらの請求書", "の請求書"),
            ("青空株式会社の請求書", "の請求書"),
            ("Mr. Smith told me so", "told me so"),
            ("Ask Dr. Jane Doe. Why?", "Ask . Why?"),
        ] {
            assert_eq!(cut_names(typed, &[]), kept);
        }
    }

    #[test]
    fn a_name_goes_in_whichever_letters_it_is_spelled() {
        let cut = |text: &str, name: &str| cut_names(text, &[name.to_owned()]);
        assert_eq!(
            cut("自分のアドレスを tumugi と打っていた", "縫田 つむぎ"),
            "自分のアドレスを  と打っていた"
        );
        assert_eq!(cut("Tsumugiが打った", "縫田 ツムギ"), "が打った");
        assert_eq!(cut("つづりは tsumugi", "tumugi"), "つづりは ");
        assert_eq!(cut("no data in a file", "縫田 つむぎ"), "no data in a file");
        assert_eq!(cut("tsumugi2024 と tsumugiya", "つむぎ"), "tsumugi2024 と tsumugiya");
    }

    #[test]
    fn words_that_only_look_like_a_name_stay() {
        for words in [
            "お客様の画面の仕様は同様ですか",
            "画面の様子がおかしい",
            "担当者様とユーザー様へ",
            "十分さんざん試しました",
            "氏名の変更",
            "皆さんに見せたい",
            "「株式会社」を付ける",
            "株式会社などの法人格",
            "the msg from drive",
        ] {
            assert_eq!(cut_names(words, &[]), words);
        }
    }
}
