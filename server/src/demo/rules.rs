//! The routing rules.

use super::data::{Demo, Rule};
use super::people::People;
use crate::app_state::App;
use crate::desk::rules::{Actions, Conditions, RuleDraft, all_rules, create_rule};
use crate::identity::Actor;
use anyhow::Context;

pub(super) async fn seed(app: &App, data: &Demo, people: &People, now: i64) -> anyhow::Result<()> {
    let mut tx = app.db.begin().await?;
    if !all_rules(&mut tx).await?.is_empty() {
        return Ok(());
    }
    for rule in &data.rules {
        create_rule(&mut tx, &Actor::Program("demo"), &draft(rule, people)?, now).await?;
    }
    Ok(tx.commit().await?)
}

fn draft(rule: &Rule, people: &People) -> anyhow::Result<RuleDraft> {
    let words = rule.when.words.as_ref().map(|words| [words.ja.as_slice(), words.en.as_slice()].concat());
    let organization = match &rule.when.organization {
        None => None,
        Some(key) => Some(*people.organizations.get(key).with_context(|| format!("no organization {key}"))?),
    };
    let group = match &rule.then.group {
        None => None,
        Some(key) => Some(*people.groups.get(key).with_context(|| format!("no group {key}"))?),
    };
    let assign = rule.then.assign.as_ref().map(|key| people.of(key).map(|person| person.id)).transpose()?;
    Ok(RuleDraft {
        name: format!("{} / {}", rule.name.ja, rule.name.en),
        conditions: Conditions {
            words: words.unwrap_or_default(),
            kinds: rule.when.kinds.clone(),
            organizations: organization.into_iter().collect(),
            has_attachment: rule.when.has_attachment,
            ..Conditions::default()
        },
        actions: Actions {
            add_tags: rule.then.add_tags.clone(),
            assign,
            group,
            priority: rule.then.priority,
            stop: rule.then.stop,
        },
    })
}
