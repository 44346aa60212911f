//! Pairs of words that are one in two scripts, and pairs that are not.

use super::*;
use crate::search::analysis;

fn alike(kana: &str, latin: &str) -> bool {
    let kana = Sound::of_kana(&analysis::to_katakana(kana));
    let latin = Sound::of_latin(latin);
    kana.zip(latin).is_some_and(|(kana, latin)| kana.may_spell(&latin))
}

#[test]
fn words_are_the_same_in_either_script() {
    for (kana, latin) in [
        ("スラック", "slack"),
        ("プロジェクト", "project"),
        ("パスワード", "password"),
        ("ワークフロー", "workflow"),
        ("ワークフロント", "workfront"),
        ("テンプレート", "template"),
        ("ダッシュボード", "dashboard"),
        ("カレンダー", "calendar"),
        ("タイムシート", "timesheet"),
        ("レポート", "report"),
        ("ライセンス", "license"),
        ("アカウント", "account"),
        ("インボイス", "invoice"),
        ("キャンセル", "cancel"),
        ("ダウンロード", "download"),
        ("アップロード", "upload"),
        ("メッセージ", "message"),
        ("アクセス", "access"),
        ("セキュリティ", "security"),
        ("ログイン", "login"),
        ("カスタム", "custom"),
        ("カスタマイズ", "customize"),
        ("フィルター", "filter"),
        ("グループ", "groups"),
        ("コメント", "comment"),
        ("ドキュメント", "document"),
        ("チャンネル", "channel"),
        ("インポート", "import"),
        ("エクスポート", "export"),
        ("ブラウザ", "browser"),
        ("サービス", "service"),
        ("リクエスト", "request"),
        ("チェックアウト", "checkout"),
        ("スキーマ", "schema"),
        ("キャンペーン", "campaign"),
        ("クーポン", "coupons"),
        ("ポートフォリオ", "portfolio"),
        ("セールスフォース", "salesforce"),
        ("ドロップボックス", "dropbox"),
    ] {
        // The plural is no matter of how a word sounds.
        assert!(alike(kana, latin) || alike(kana, latin.trim_end_matches('s')), "{kana} and {latin}");
    }
}

#[test]
fn a_word_is_looked_for_where_it_begins() {
    for (kana, latin) in [
        ("スラック", "slack"),
        ("インボイス", "invoice"),
        ("ジェネレーター", "generator"),
        ("フォルダー", "folder"),
    ] {
        let (spelt, sound) = (Sound::of_kana(kana.trim_end_matches('ー')), Sound::of_latin(latin));
        assert!(spelt.is_some_and(|spelt| spelt.heads_in_latin().contains(&latin[..1])), "{kana}");
        let first = kana.chars().next();
        assert!(
            sound.is_some_and(|sound| sound.heads_in_kana().iter().copied().any(|c| Some(c) == first)),
            "{latin}"
        );
    }
}

#[test]
fn others_are_not() {
    for (kana, latin) in [
        ("スラック", "silk"),
        ("スラック", "slick"),
        ("スタック", "slack"),
        ("ポリシー", "palace"),
        ("テンプレート", "temporal"),
        ("レポート", "repeat"),
        ("コメント", "command"),
        ("メール", "mail"),
        ("請求書", "invoice"),
        ("スラック", "err5021"),
    ] {
        assert!(!alike(kana, latin), "{kana} and {latin}");
    }
}
