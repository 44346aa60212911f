//! The form of a rule: filled from a rule, from what was typed, and read back with every mistake named.

use super::words::Lexicon;
use crate::desk::rules::{Actions, Conditions, Match, Rule, RuleDraft, WordsIn, try_rule};
use crate::desk::{roster, tag_name};
use crate::storage::Conn;
use crate::web::desk::moments::Moments;
use crate::web::{Ctx, Error, Form};
use app::i18n::Locale;
use app::model::desk_rules::{HeldBack, RuleForm, TrialLine, TrialView};
use app::model::form::{Choice, FieldErrors};
use app::model::words::{Priority, RequestKind};

/// Words of one rule, at most.
const WORDS: usize = 200;
/// Tags offered for completion.
const TAGS: i64 = 200;

/// A form with nothing filled in.
pub(super) async fn empty(ctx: &Ctx, conn: &mut Conn) -> Result<RuleForm, Error> {
    let choices = |named: Vec<roster::Named>| {
        named.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect::<Vec<_>>()
    };
    Ok(RuleForm {
        staff: choices(roster::staff(conn).await?),
        groups: choices(roster::groups(conn).await?),
        known_tags: roster::request_tags(conn, TAGS).await?,
        known_organizations: roster::organizations(conn).await?.into_iter().map(|named| named.1).collect(),
        csrf: ctx.csrf_token(),
        ..RuleForm::default()
    })
}

/// A saved rule.
pub(super) async fn filled(ctx: &Ctx, conn: &mut Conn, rule: &Rule) -> Result<RuleForm, Error> {
    let RuleDraft { name, conditions, actions } = rule.draft.clone();
    let organizations: Vec<String> = roster::organizations(conn)
        .await?
        .into_iter()
        .filter(|(id, _)| conditions.organizations.contains(id))
        .map(|named| named.1)
        .collect();
    let id_text = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    Ok(RuleForm {
        id: Some(rule.id),
        name,
        mode: match conditions.mode {
            Match::All => "all",
            Match::Any => "any",
            Match::Always => "always",
        }
        .into(),
        words: conditions.words.join("\n"),
        words_in: match conditions.words_in {
            WordsIn::Both => "both",
            WordsIn::Subject => "subject",
            WordsIn::Body => "body",
        }
        .into(),
        kinds: conditions.kinds.iter().map(|kind| kind.code().to_owned()).collect(),
        languages: conditions.locales.iter().map(|locale| locale.tag().to_owned()).collect(),
        organizations,
        tags: conditions.tags,
        attachment: match conditions.has_attachment {
            None => "",
            Some(true) => "yes",
            Some(false) => "no",
        }
        .into(),
        add_tags: actions.add_tags,
        assign: id_text(actions.assign),
        group: id_text(actions.group),
        priority: actions.priority.map(Priority::code).unwrap_or_default().into(),
        stop: actions.stop,
        ..empty(ctx, conn).await?
    })
}

/// What was typed.
pub(super) async fn refilled(
    ctx: &Ctx,
    conn: &mut Conn,
    id: Option<i64>,
    form: &Form,
) -> Result<RuleForm, Error> {
    Ok(RuleForm {
        id,
        name: form.line("name"),
        mode: form.text("mode"),
        words: form.text("words"),
        words_in: form.text("words_in"),
        kinds: form.all("kind"),
        languages: form.all("language"),
        organizations: form.all("organizations"),
        tags: form.all("tags"),
        attachment: form.text("attachment"),
        add_tags: form.all("add_tags"),
        assign: form.text("assign"),
        group: form.text("group"),
        priority: form.text("priority"),
        stop: form.has("stop"),
        ..empty(ctx, conn).await?
    })
}

/// The rule that was typed, or everything that is wrong with it. To be tried it needs no more than its conditions.
pub(super) async fn parse(
    ctx: &Ctx,
    conn: &mut Conn,
    form: &Form,
    trying: bool,
) -> Result<Result<RuleDraft, FieldErrors>, Error> {
    let locale = ctx.locale;
    let mut errors = FieldErrors::default();
    let name = form.line("name");
    if (name.is_empty() && !trying) || name.chars().count() > 80 {
        errors.add(
            "name",
            locale.t("名前を80文字以内で入力してください。", "Enter a name of up to 80 characters."),
        );
    }
    let conditions = conditions(locale, conn, form, &mut errors).await?;
    let actions = actions(locale, conn, form, &mut errors).await?;
    if actions.is_empty() && !trying {
        errors.add(
            "add_tags",
            locale.t("することを1つ以上選んでください。", "Choose at least one thing to do."),
        );
    }
    Ok(if errors.is_empty() { Ok(RuleDraft { name, conditions, actions }) } else { Err(errors) })
}

/// The requests that the rule is for, as typed.
async fn conditions(
    locale: Locale,
    conn: &mut Conn,
    form: &Form,
    errors: &mut FieldErrors,
) -> Result<Conditions, Error> {
    let text = form.text("words");
    let words: Vec<String> = text
        .split(['\n', '、', '，'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    if words.len() > WORDS || words.iter().any(|word| word.chars().count() > 100) {
        errors.add(
            "words",
            locale.t(
                "言葉は200個まで、それぞれ100文字以内にしてください。",
                "Give up to 200 words of up to 100 characters each.",
            ),
        );
    }
    let conditions = Conditions {
        mode: match form.raw("mode") {
            "any" => Match::Any,
            "always" => Match::Always,
            _ => Match::All,
        },
        words,
        words_in: match form.raw("words_in") {
            "subject" => WordsIn::Subject,
            "body" => WordsIn::Body,
            _ => WordsIn::Both,
        },
        kinds: form.all("kind").iter().filter_map(|code| RequestKind::from_code(code)).collect(),
        locales: form.all("language").iter().filter_map(|tag| Locale::from_tag(tag)).collect(),
        organizations: organizations(locale, conn, form, errors).await?,
        tags: tags(&form.all("tags")),
        has_attachment: match form.raw("attachment") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
    };
    if conditions.is_empty() && conditions.mode != Match::Always && errors.of("organizations").is_none() {
        errors.add(
            "mode",
            locale.t(
                "条件を1つ以上書くか、「条件なし」を選んでください。",
                "Give at least one condition, or choose “every request”.",
            ),
        );
    }
    Ok(conditions)
}

/// Ids of the organizations whose names were typed.
async fn organizations(
    locale: Locale,
    conn: &mut Conn,
    form: &Form,
    errors: &mut FieldErrors,
) -> Result<Vec<i64>, Error> {
    let known = roster::organizations(conn).await?;
    let mut organizations = Vec::new();
    for line in form.all("organizations") {
        match known.iter().find(|(_, name)| *name == line) {
            Some((id, _)) if organizations.contains(id) => {}
            Some((id, _)) => organizations.push(*id),
            None => errors.add(
                "organizations",
                locale.t(
                    format!("「{line}」という組織はありません。候補から選ぶか、組織の一覧と同じ名前を入力してください。"),
                    format!("There is no organization called “{line}”. Choose one that is offered, or enter a name as the list of organizations has it."),
                ),
            ),
        }
    }
    Ok(organizations)
}

/// What the rule does, as chosen.
async fn actions(
    locale: Locale,
    conn: &mut Conn,
    form: &Form,
    errors: &mut FieldErrors,
) -> Result<Actions, Error> {
    let there = |named: &[roster::Named], id: i64| named.iter().any(|(there, _)| *there == id);
    let (assign, group) = (form.number("assign"), form.number("group"));
    let (staff, groups) = (roster::staff(conn).await?, roster::groups(conn).await?);
    if assign.is_some_and(|id| !there(&staff, id)) {
        errors.add("assign", locale.t("担当を選び直してください。", "Choose somebody from the list."));
    }
    if group.is_some_and(|id| !there(&groups, id)) {
        errors.add("group", locale.t("グループを選び直してください。", "Choose a group from the list."));
    }
    Ok(Actions {
        add_tags: tags(&form.all("add_tags")),
        assign,
        group,
        priority: Priority::from_code(form.raw("priority")),
        stop: form.has("stop"),
    })
}

/// Tags as they are kept, in the order they were typed; several on a line have commas between them.
fn tags(lines: &[String]) -> Vec<String> {
    let mut tags = Vec::new();
    for tag in lines.iter().flat_map(|line| line.split([',', '、', '，'])).filter_map(tag_name) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

pub(super) async fn try_out(
    ctx: &Ctx,
    conn: &mut Conn,
    id: Option<i64>,
    draft: &RuleDraft,
) -> Result<TrialView, Error> {
    let trial = try_rule(conn, id, draft).await?;
    let lexicon = Lexicon::load(conn, ctx.locale).await?;
    let moments = Moments::of(ctx);
    let mut held: Vec<HeldBack> = Vec::new();
    for rule in trial.rows.iter().filter_map(|row| row.held_by.as_ref()) {
        match held.iter_mut().find(|held| held.id == rule.id) {
            Some(held) => held.count += 1,
            None => held.push(HeldBack {
                id: rule.id,
                position: rule.position,
                name: rule.name.clone(),
                count: 1,
            }),
        }
    }
    held.sort_by_key(|held| held.position);
    Ok(TrialView {
        held,
        tried: trial.tried,
        matched: trial.rows.iter().filter(|row| row.matches).count(),
        rows: trial
            .rows
            .into_iter()
            .map(|row| TrialLine {
                number: row.number,
                effects: lexicon.difference(&row.before, &row.after),
                subject: row.subject,
                when: moments.near(row.created_at),
                matches: row.matches,
                held: row.held_by.is_some(),
            })
            .collect(),
    })
}
