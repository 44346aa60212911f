//! What changed between two versions of a text: line by line, and within a changed line word by word.

use app::model::editor::DiffLine;
use similar::{ChangeTag, TextDiff};

/// How many unchanged lines are shown around a change.
const AROUND: usize = 2;

/// From the old text to the new one. Long runs of unchanged lines become a [`DiffLine::Gap`]; nothing when the two are
/// the same.
pub fn difference(old: &str, new: &str) -> Vec<DiffLine> {
    // Whether the last line has an end is nothing that a reader sees.
    let (old, new) = (ended(old), ended(new));
    if old == new {
        return Vec::new();
    }
    let diff = TextDiff::from_lines(&old, &new);
    let mut lines = Vec::new();
    for op in diff.ops() {
        for change in diff.iter_inline_changes(op) {
            let runs = || -> Vec<(String, bool)> {
                change
                    .iter_strings_lossy()
                    .map(|(changed, text)| (text.trim_end_matches(['\n', '\r']).to_owned(), changed))
                    .filter(|(text, _)| !text.is_empty())
                    .collect()
            };
            lines.push(match change.tag() {
                ChangeTag::Equal => DiffLine::Same(runs().into_iter().map(|(text, _)| text).collect()),
                ChangeTag::Delete => DiffLine::Old(runs()),
                ChangeTag::Insert => DiffLine::New(runs()),
            });
        }
    }
    folded(lines)
}

fn ended(text: &str) -> String {
    match text.trim_end() {
        "" => String::new(),
        text => format!("{text}\n"),
    }
}

/// Folds what is the same in both and far from any change.
fn folded(lines: Vec<DiffLine>) -> Vec<DiffLine> {
    let changed: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !matches!(line, DiffLine::Same(_)))
        .map(|(at, _)| at)
        .collect();
    let near = |at: usize| {
        let next = changed.partition_point(|changed| *changed < at);
        let distance = |n: usize| changed.get(n).map_or(usize::MAX, |changed| changed.abs_diff(at));
        distance(next).min(next.checked_sub(1).map_or(usize::MAX, distance)) <= AROUND
    };
    let mut out = Vec::with_capacity(lines.len());
    let mut gap = Vec::new();
    let close = |out: &mut Vec<DiffLine>, gap: &mut Vec<DiffLine>| match gap.len() {
        // A gap of one line would take as much room as the line.
        0 | 1 => out.append(gap),
        n => {
            gap.clear();
            out.push(DiffLine::Gap(n));
        }
    };
    for (at, line) in lines.into_iter().enumerate() {
        if near(at) {
            close(&mut out, &mut gap);
            out.push(line);
        } else {
            gap.push(line);
        }
    }
    close(&mut out, &mut gap);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_end_that_nobody_sees_is_no_difference() {
        assert_eq!(difference("One.\n", "One."), []);
        let added = difference("One.", "One.\n\nTwo.");
        assert_eq!(added.len(), 3, "{added:?}");
        assert_eq!(added[0], DiffLine::Same("One.".into()));
    }

    #[test]
    fn a_changed_word_is_marked_within_its_line_in_both_languages() {
        let lines = difference("Press Save.\n", "Press Publish.\n");
        let [DiffLine::Old(old), DiffLine::New(new)] = lines.as_slice() else { panic!("{lines:?}") };
        assert!(old.contains(&("Save".into(), true)), "{old:?}");
        assert!(new.contains(&("Publish".into(), true)), "{new:?}");
        assert!(new.iter().any(|(text, changed)| text.starts_with("Press") && !changed));
        let lines = difference("「保存」を押します。", "「公開」を押します。");
        let [DiffLine::Old(old), DiffLine::New(_)] = lines.as_slice() else { panic!("{lines:?}") };
        assert!(old.iter().any(|(text, changed)| text.contains("を押します") && !changed), "{old:?}");
    }

    #[test]
    fn far_from_a_change_the_lines_are_counted_instead_of_shown() {
        let old: String = (0..20).map(|n| format!("line {n}\n")).collect();
        let new = old.replace("line 10\n", "other\n");
        let lines = difference(&old, &new);
        assert_eq!(lines.first(), Some(&DiffLine::Gap(8)));
        assert_eq!(lines.last(), Some(&DiffLine::Gap(7)));
        assert_eq!(lines.len(), 8);
        assert!(difference(&old, &old).is_empty());
    }
}
