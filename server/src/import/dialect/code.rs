//! Which parts of a Markdown text are code: fenced blocks, code spans and `<pre>`.

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Piece<'t> {
    Text(&'t str),
    Code(&'t str),
}

/// Splits a text into text and code; together the pieces are the text.
pub(in crate::import) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut copied = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let line_start = at == 0 || text.as_bytes()[at - 1] == b'\n';
        let code = if line_start { fence(rest) } else { None }.or_else(|| pre(rest)).or_else(|| span(rest));
        match code {
            Some(length) if length > 0 && !rest.starts_with('\n') => {
                if copied < at {
                    out.push(Piece::Text(&text[copied..at]));
                }
                out.push(Piece::Code(&text[at..at + length]));
                at += length;
                copied = at;
            }
            _ => at += skip(rest),
        }
    }
    if copied < text.len() {
        out.push(Piece::Text(&text[copied..]));
    }
    out
}

/// How far to the next place where code may begin.
fn skip(rest: &str) -> usize {
    if rest.starts_with('\n') {
        return 1;
    }
    // A run of backticks that is no code span is passed as a whole.
    let run = rest.bytes().take_while(|byte| *byte == b'`').count();
    if run > 0 {
        return run;
    }
    let first = rest.chars().next().map_or(1, char::len_utf8);
    rest[first..].find(['`', '\n', '<']).map_or(rest.len(), |found| {
        let stop = first + found;
        if rest.as_bytes()[stop] == b'\n' { stop + 1 } else { stop }
    })
}

/// The marker of a fence at the beginning of a line, behind quote signs, list markers and spaces.
pub(super) fn fence_marker(line: &str) -> Option<(char, usize)> {
    let mut inside = line.trim_start_matches([' ', '\t', '>']);
    // `- ```sh` and `1. ```sh` begin a fence in a list item.
    if let Some(item) = inside.strip_prefix(['-', '*', '+']) {
        inside = if item.starts_with(' ') { item.trim_start() } else { inside };
    } else {
        let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
        if let Some(item) =
            inside.get(digits..).filter(|_| digits > 0).and_then(|rest| rest.strip_prefix(". "))
        {
            inside = item.trim_start();
        }
    }
    let sign = inside.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let run = inside.chars().take_while(|c| *c == sign).count();
    let info = &inside[run..];
    (run >= 3 && !(sign == '`' && info.contains('`'))).then_some((sign, run))
}

/// Whether a line closes a fence.
pub(super) fn closes(line: &str, (sign, run): (char, usize)) -> bool {
    let inside = line.trim_start_matches([' ', '\t', '>']).trim_end();
    inside.chars().count() >= run && inside.chars().all(|c| c == sign)
}

/// The length of a fenced block that begins here, its last line included.
fn fence(rest: &str) -> Option<usize> {
    let mut lines = rest.split_inclusive('\n');
    let first = lines.next()?;
    let marker = fence_marker(first)?;
    let mut length = first.len();
    for line in lines {
        length += line.len();
        if closes(line, marker) {
            break;
        }
    }
    Some(length)
}

fn pre(rest: &str) -> Option<usize> {
    let tag = rest.get(..4)?;
    let next = rest.as_bytes().get(4)?;
    if !tag.eq_ignore_ascii_case("<pre") || !matches!(next, b'>' | b' ' | b'\n') {
        return None;
    }
    rest.find("</pre>").map(|end| end + "</pre>".len())
}

/// The length of a code span that begins here; it ends within its paragraph.
fn span(rest: &str) -> Option<usize> {
    let run = rest.bytes().take_while(|byte| *byte == b'`').count();
    if run == 0 {
        return None;
    }
    let paragraph = rest.find("\n\n").unwrap_or(rest.len());
    let mut at = run;
    while let Some(found) = rest[at..paragraph].find('`') {
        let start = at + found;
        let length = rest[start..].bytes().take_while(|byte| *byte == b'`').count();
        if length == run {
            return Some(start + length);
        }
        at = (start + length).min(paragraph);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    fn code(text: &str) -> Vec<&str> {
        let found = pieces(text);
        let whole: String = found
            .iter()
            .map(|piece| match piece {
                Piece::Text(part) | Piece::Code(part) => *part,
            })
            .collect();
        assert_eq!(whole, text);
        found
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Code(code) => Some(code),
                Piece::Text(_) => None,
            })
            .collect()
    }

    #[test]
    fn code_is_found_where_commonmark_finds_it() {
        assert_eq!(code("a `b` c ``d ` e`` f"), ["`b`", "``d ` e``"]);
        assert_eq!(code("a\n```sh\nb\n```\nc"), ["```sh\nb\n```\n"]);
        assert_eq!(code("1. a\n\n   ~~~\n   ```\n   ~~~\n\nb `c`"), ["   ~~~\n   ```\n   ~~~\n", "`c`"]);
        assert_eq!(code("> ```\n> x\n> ```\n> y"), ["> ```\n> x\n> ```\n"]);
        assert_eq!(code("not `closed\n\nhere` it"), Vec::<&str>::new());
        assert_eq!(code("x <pre class=a>b</pre> y"), ["<pre class=a>b</pre>"]);
        assert_eq!(code("```\nnever closed `x`"), ["```\nnever closed `x`"]);
        assert_eq!(code("日本`語`の`文"), ["`語`"]);
    }
}
