//! Words that carry a sentence but not its subject. They stay in the index, and count little in a query.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::japanese::to_katakana;

const ENGLISH: &str = "a about after again all also am an and any anybody anyone are arent as at be because been \
    before being but by can cannot cant could couldnt did didnt do does doesnt doing dont down during each for \
    from further get getting got had has hasnt have havent having he hello her here hers hi him his how however \
    i id if ill im in into is isnt it its itself ive just know let like many may me might more most much must my \
    myself need no nor not now of off on once one only or other our ours out over own please possible same she \
    should so some someone something such than thanks that thats the their theirs them then there theres these \
    they this those through to too under until up us use very want wanted was way ways we well were what whats \
    when where wheres which while who whom why will with wont would yes you your yours";

const JAPANESE: &str = "あり ある あるの いう いい いた いただき いただけ いつ いて いる いま いませ \
    いません うち おき おり お願い か かかり から か月 くださ ください くだされ くれ けど こちら こと この これ ご \
    ございます さ され さん し しか した したい したの して しまい しまった しました しよう する せ せる そう その それ \
    た たい たいの ため たら たり だ だけ だった って つ つい ついて つもり て で でき できます できる です でしょ \
    でしょう ても では でも と という といった とき ところ とし として どう どうし どうしたら どうして どうすれば どこ どの \
    どのよう どのように どれ どんな な ない なかった ながら なく なけれ なければ なの なのか なら なり なる なん なんですか \
    に によって ので のです は はい ばい ほう ほしい ほど ます まし ました ません まで また まだ も もう もの もらえ \
    もらえる や やり よい よう ような ように より よろしい られ られる れ れる を ん 何 私 思 下 教 知 良 場合 方 \
    方法 欲 願 なに いくら すか んで んだ けれど れば たく くて なって なります せん ませ せて 何か 行 来 言 聞 見 \
    出来 致 頂 有 無 際 時 為 等 事 他 詳し 困 対 関 分 お願 しま さい てい ありま てく しく など れて れま れた \
    または ただ ただし となり により による すると なお すべて ごと れな および いずれ にし にて まれ しない ことに しょう \
    いただく とおり これらの どうか あれ において えて それぞれ もしくは った かな したら あっ われ なし わかる いただきます \
    せず ここ わっ てか しな のに いるか なので につき すでに きた ざいま ちら いと みな どおり どちら ったの につきまして \
    における をもって まず ったと あらかじめ かって とともに これまで わか えな まっ でく ときの われる かに ったり かの \
    ともに そちら そのため いが まま ったこ ちょ とそ あと そのまま わな せます してき ほとんど よく なぜ にあたって \
    でなければ すぐ とい もらう できるだけ すぎ それでも くらい どなた れず ずに いいえ よって さらに せた だが もし \
    いただける させる くる らい あたり とも すぎる いか きる きの やすい ってか あわせて なるべく しばらく といいます それら \
    これら おら ありがとう ったら したがって にわたって いくつか みんな にあたる しかし どういう みの ついては あらゆる ものの \
    だの ったか なくなる ほうが わけ つまり ける ったも うに ほぼ かも これから そこで どこか ずつ たび とか そこ ったた \
    ところで えたい ばかり ひとつ ほかに ほか どうしても だけど ったが たとえば でないと あるいは それに にとって かれる はず \
    でどこ しまう える ますよ なんとか おおよそ ところが あなた せら なかに はあ はで こんにちは はじめまして 先日 先ほど";

static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let japanese = JAPANESE.split_whitespace().flat_map(|word| [word.to_owned(), to_katakana(word)]);
    ENGLISH.split_whitespace().map(str::to_owned).chain(japanese).collect()
});

/// Whether a folded word (surface or term) is one of those.
pub fn is_stop_word(word: &str) -> bool {
    WORDS.contains(word)
}
