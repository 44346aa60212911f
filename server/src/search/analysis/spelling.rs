//! Words of Japanese that are written with different characters. Folding unites kana, widths, long marks and okurigana
//! by rule; which kanji a word in kana stands for is only known by heart.

use std::collections::HashMap;
use std::sync::LazyLock;

/// One word a line; the first spelling is the one that is indexed. Only words that mean the same in every spelling.
const SPELLINGS: &[&[&str]] = &[
    &["子供", "子ども", "こども", "コドモ", "小供"],
    &["障害", "障がい", "障碍"],
    &["友達", "友だち", "ともだち"],
    &["一人", "ひとり", "独り", "1人"],
    &["二人", "ふたり", "2人"],
    &["大人", "おとな"],
    &["名前", "なまえ"],
    &["猫", "ねこ", "ネコ"],
    &["犬", "いぬ", "イヌ"],
    &["車", "くるま", "クルマ"],
    &["鍵", "かぎ", "カギ"],
    &["鞄", "かばん", "カバン"],
    &["眼鏡", "めがね", "メガネ"],
    &["煙草", "たばこ", "タバコ"],
    &["椅子", "いす", "イス"],
    &["癌", "がん", "ガン"],
    &["怪我", "けが", "ケガ"],
    &["判子", "はんこ", "ハンコ"],
    &["葉書", "はがき", "ハガキ"],
    &["携帯", "ケータイ", "ケイタイ"],
    &["締切", "〆切"],
    &["引越", "ひっこし"],
    &["支払", "しはらい"],
    &["振込", "ふりこみ"],
    &["申込", "もうしこみ"],
    &["取消", "とりけし"],
    &["受付", "うけつけ"],
    &["手続", "てつづき"],
    &["使方", "つかいかた"],
    &["見積", "みつもり"],
    &["全部", "ぜんぶ"],
    &["沢山", "たくさん"],
    &["全て", "すべて", "総て"],
    &["誕生日", "たんじょうび"],
    &["インターフェース", "インターフェイス"],
    &["ダイヤル", "ダイアル"],
    &["バイオリン", "ヴァイオリン"],
    &["デジタル", "ディジタル"],
    &["メンテナンス", "メインテナンス"],
    &["コミュニケーション", "コミニュケーション"],
    &["シミュレーション", "シュミレーション"],
];

static USUAL: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let pairs = |word: &'static &'static [&'static str]| word[1..].iter().map(move |other| (*other, word[0]));
    SPELLINGS.iter().flat_map(pairs).collect()
});

/// The usual spelling of a word; most words have no other.
pub fn usual(word: &str) -> &str {
    USUAL.get(word).copied().unwrap_or(word)
}
