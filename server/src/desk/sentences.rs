//! A text in sentences.

/// The sentences of what somebody wrote, without what they quote: that is another's words.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with('>'))
        .flat_map(of_line)
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

/// `?`, `!` and `.` end a sentence where one could breathe, and not inside of a word.
fn of_line(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, c) in line.char_indices() {
        let end = at + c.len_utf8();
        let next = line[end..].chars().next();
        let ends = match c {
            '。' | '！' | '？' => true,
            '!' | '?' => next.is_none_or(|next| next.is_whitespace() || !next.is_ascii()),
            '.' => next == Some(' '),
            _ => false,
        };
        if ends {
            parts.push(&line[from..end]);
            from = end;
        }
    }
    parts.push(&line[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn a_sentence_ends_where_one_could_breathe() {
        let text = "直せますか？はい!これは a?b=c です。v2.4 stops. Why?\n> quoted\n次の行";
        let found: Vec<&str> = sentences(text).collect();
        assert_eq!(found, ["直せますか？", "はい!", "これは a?b=c です。", "v2.4 stops.", "Why?", "次の行"]);
    }
}
