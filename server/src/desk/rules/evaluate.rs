//! Which rules apply to a request, and what they do to it: a pure function, so that trying rules changes nothing.

use super::words::Haystack;
use super::{Actions, Conditions, Match, Rule, WordsIn};
use crate::desk::event::RuleRef;
use app::i18n::Locale;
use app::model::words::{Priority, RequestKind};

/// What rules look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub kind: RequestKind,
    pub locale: Locale,
    pub subject: String,
    pub body: String,
    pub organization_id: Option<i64>,
    pub tags: Vec<String>,
    pub has_attachment: bool,
}

/// One rule that matched, with what it adds to what was there before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    pub rule: RuleRef,
    /// Tags that the request did not have yet.
    pub tags: Vec<String>,
    pub assign: Option<i64>,
    pub group: Option<i64>,
    pub priority: Option<Priority>,
    pub stopped: bool,
}

struct Texts {
    subject: Haystack,
    body: Haystack,
}

/// Runs enabled rules in order. A tag that a rule adds can be asked for by the next.
pub fn evaluate(rules: &[Rule], facts: &Facts) -> Vec<Applied> {
    let texts = Texts { subject: Haystack::new(&facts.subject), body: Haystack::new(&facts.body) };
    let mut tags = facts.tags.clone();
    let mut applied = Vec::new();
    for rule in rules.iter().filter(|rule| rule.enabled) {
        if !matches(&rule.draft.conditions, facts, &tags, &texts) {
            continue;
        }
        let Actions { add_tags, assign, group, priority, stop } = &rule.draft.actions;
        let mut added = Vec::new();
        for tag in add_tags {
            if !tags.contains(tag) {
                tags.push(tag.clone());
                added.push(tag.clone());
            }
        }
        applied.push(Applied {
            rule: RuleRef { id: rule.id, position: rule.position, name: rule.draft.name.clone() },
            tags: added,
            assign: *assign,
            group: *group,
            priority: *priority,
            stopped: *stop,
        });
        if *stop {
            break;
        }
    }
    applied
}

fn matches(conditions: &Conditions, facts: &Facts, tags: &[String], texts: &Texts) -> bool {
    let Conditions { mode, words, words_in, kinds, locales, organizations, tags: wanted, has_attachment } =
        conditions;
    // Each condition that asks something: whether it holds.
    let asked: Vec<bool> = [
        (!words.is_empty()).then(|| {
            let subject = *words_in != WordsIn::Body;
            let body = *words_in != WordsIn::Subject;
            words
                .iter()
                .any(|word| (subject && texts.subject.contains(word)) || (body && texts.body.contains(word)))
        }),
        (!kinds.is_empty()).then(|| kinds.contains(&facts.kind)),
        (!locales.is_empty()).then(|| locales.contains(&facts.locale)),
        (!organizations.is_empty())
            .then(|| facts.organization_id.is_some_and(|id| organizations.contains(&id))),
        (!wanted.is_empty()).then(|| wanted.iter().any(|tag| tags.contains(tag))),
        has_attachment.map(|wanted| wanted == facts.has_attachment),
    ]
    .into_iter()
    .flatten()
    .collect();
    match mode {
        Match::Always => true,
        Match::All => !asked.is_empty() && asked.iter().all(|holds| *holds),
        Match::Any => asked.iter().any(|holds| *holds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::rules::RuleDraft;

    fn rule(id: i64, conditions: &str, actions: &str) -> Rule {
        Rule {
            id,
            position: id,
            enabled: true,
            draft: RuleDraft {
                name: format!("Rule {id}"),
                conditions: serde_json::from_str(conditions).unwrap(),
                actions: serde_json::from_str(actions).unwrap(),
            },
        }
    }

    fn facts() -> Facts {
        Facts {
            kind: RequestKind::Problem,
            locale: Locale::En,
            subject: "The invoice names a person".into(),
            body: "We need our company there. 宛名を会社名にしてください。".into(),
            organization_id: Some(2),
            tags: vec!["vip".into()],
            has_attachment: true,
        }
    }

    #[test]
    fn each_condition_is_asked_and_they_count_together_as_told() {
        for (conditions, expected) in [
            (r#"{"words":["invoice"]}"#, true),
            (r#"{"words":["receipt","宛名"]}"#, true),
            (r#"{"words":["receipt"]}"#, false),
            (r#"{"words":["宛名"],"words_in":"subject"}"#, false),
            (r#"{"words":["宛名"],"words_in":"body"}"#, true),
            (r#"{"words":["invoice"],"words_in":"body"}"#, false),
            (r#"{"kinds":["question","problem"]}"#, true),
            (r#"{"kinds":["praise"]}"#, false),
            (r#"{"locales":["en"]}"#, true),
            (r#"{"locales":["ja"]}"#, false),
            (r#"{"organizations":[1,2]}"#, true),
            (r#"{"organizations":[1]}"#, false),
            (r#"{"tags":["vip","late"]}"#, true),
            (r#"{"tags":["late"]}"#, false),
            (r#"{"has_attachment":true}"#, true),
            (r#"{"has_attachment":false}"#, false),
            (r#"{"words":["invoice"],"kinds":["praise"]}"#, false),
            (r#"{"match":"any","words":["invoice"],"kinds":["praise"]}"#, true),
            (r#"{"match":"any","words":["receipt"],"kinds":["praise"]}"#, false),
            // Nothing asked is nothing matched, unless the rule says "always".
            ("{}", false),
            (r#"{"match":"any"}"#, false),
            (r#"{"match":"always"}"#, true),
            (r#"{"match":"always","kinds":["praise"]}"#, true),
        ] {
            let rules = [rule(1, conditions, r#"{"add_tags":["hit"]}"#)];
            assert_eq!(!evaluate(&rules, &facts()).is_empty(), expected, "{conditions}");
        }
    }

    #[test]
    fn rules_run_in_order_see_the_tags_before_them_and_end_at_stop() {
        let mut disabled = rule(3, r#"{"match":"always"}"#, r#"{"priority":"low"}"#);
        disabled.enabled = false;
        let rules = [
            rule(1, r#"{"tags":["billing"]}"#, r#"{"priority":"urgent"}"#),
            rule(2, r#"{"words":["invoice"]}"#, r#"{"add_tags":["billing","vip"]}"#),
            disabled,
            rule(4, r#"{"tags":["billing"]}"#, r#"{"group":7,"stop":true}"#),
            rule(5, r#"{"match":"always"}"#, r#"{"priority":"low"}"#),
        ];
        let applied = evaluate(&rules, &facts());
        let positions: Vec<_> = applied.iter().map(|applied| applied.rule.position).collect();
        assert_eq!(positions, [2, 4]);
        assert_eq!(applied[0].tags, ["billing"], "vip was there before");
        assert_eq!((applied[1].group, applied[1].stopped), (Some(7), true));
    }
}
