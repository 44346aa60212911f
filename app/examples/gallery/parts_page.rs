//! Every part in every state.

use app::{
    i18n::Locale,
    model::{
        figures::Tone,
        shell::{Flash, FlashAction},
        words::{Priority, RequestKind, RequestStatus},
    },
    parts::*,
};
use leptos::prelude::*;

const TONES: [Tone; 5] = [Tone::Plain, Tone::Accent, Tone::Good, Tone::Warn, Tone::Bad];

pub fn parts(l: Locale) -> AnyView {
    let badges = TONES.map(|tone| view! { <Badge tone>{tone.class()}</Badge> }).collect_view();
    let states = TONES.map(|tone| view! { <State tone text=tone.class() /> }).collect_view();
    let notices = TONES
        .map(|tone| view! { <Notice tone title=l.t("見出し", "Title")><p>{l.t("知っておいてほしいことを、一文で。", "One sentence worth knowing.")}</p></Notice> })
        .collect_view();
    let statuses = RequestStatus::ALL
        .map(|status| view! { <StatusChip locale=l status /> <StatusChip locale=l status customer=true /> })
        .collect_view();
    let priorities =
        Priority::ALL.map(|priority| view! { <PriorityChip locale=l priority /> }).collect_view();
    let kinds = RequestKind::ALL.map(|kind| view! { <KindChip locale=l kind /> }).collect_view();
    let flash = Flash {
        tone: Tone::Good,
        message: l.t("K-1042 を解決にしました。", "K-1042 is solved.").into(),
        action: Some(FlashAction { label: l.t("元に戻す", "Undo").into(), href: "#".into(), post: true }),
    };
    view! {
        <FlashBanner flash csrf="" />
        <div class="page page-narrow stack stack-l">
            <h1>{l.t("部品", "Parts")}</h1>
            <div class="row">
                <Button kind=ButtonKind::Primary>{l.t("送信する", "Send")}</Button>
                <Button>{l.t("保存する", "Save")}</Button>
                <Button kind=ButtonKind::Quiet>{l.t("やめる", "Cancel")}</Button>
                <Button kind=ButtonKind::Danger icon=IconName::Trash>{l.t("削除する", "Delete")}</Button>
                <Button small=true>{l.t("小さい", "Small")}</Button>
                <Disclosure label=l.t("開く", "Open")><p>{l.t("中身", "Inside")}</p></Disclosure>
            </div>
            <div class="row">{badges}</div>
            <div class="row">{states}</div>
            <div class="row">{statuses}</div>
            <div class="row">{priorities}{kinds}<Tag name="billing" href=Some("#".to_owned()) /></div>
            {notices}
            <Card title=l.t("空のとき", "Nothing yet")>
                <Empty title=l.t("まだお問い合わせはありません", "No requests yet")>
                    <p>{l.t("届いたものはここに並びます。", "They appear here when they arrive.")}</p>
                    <LinkButton href="#">{l.t("質問する", "Ask us")}</LinkButton>
                </Empty>
            </Card>
            <KeyList keys=vec![("j", l.t("次へ", "Next")), ("k", l.t("前へ", "Previous")), ("Enter", l.t("開く", "Open")), ("?", l.t("キーの一覧", "List of keys"))] />
        </div>
    }
    .into_any()
}
