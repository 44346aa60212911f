//! Every class that `style/` dresses is one that a page may have.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn no_rule_dresses_what_no_page_has() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder of the workspace");
    let mut dressed = BTreeSet::new();
    read_all(&root.join("style"), "css", &mut |text| dressed.extend(classes(text)));
    assert!(dressed.len() > 200, "only {} classes found", dressed.len());

    let (mut whole, mut begun) = (BTreeSet::new(), BTreeSet::new());
    for source in ["app/src", "server/src"] {
        read_all(&root.join(source), "rs", &mut |text| {
            for literal in literals(text) {
                for word in literal.split(|c: char| !is_of_class(c) && c != '{') {
                    match word.split_once('{') {
                        // "badge-{tone}"
                        Some((begin, _)) if begin.ends_with('-') => begun.insert(begin.to_owned()),
                        _ => whole.insert(word.to_owned()),
                    };
                }
            }
        });
    }
    let used = |class: &String| whole.contains(class) || begun.iter().any(|begin| class.starts_with(begin));
    let idle: Vec<_> = dressed.iter().filter(|class| !used(class)).collect();
    assert!(idle.is_empty(), "nothing has these classes: {idle:?}");
}

fn read_all(folder: &Path, ending: &str, read: &mut impl FnMut(&str)) {
    for entry in fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("an entry of the folder").path();
        if path.is_dir() {
            read_all(&path, ending, read);
        } else if path.extension().is_some_and(|found| found == ending) {
            read(&fs::read_to_string(&path).expect("a text"));
        }
    }
}

fn is_of_class(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// The classes in a style sheet's selectors: after a dot, begun by a letter, outside of comments and strings.
fn classes(css: &str) -> Vec<String> {
    let mut plain = String::new();
    for (n, part) in css.split("/*").enumerate() {
        plain.push_str(if n == 0 { part } else { part.split_once("*/").map_or("", |(_, rest)| rest) });
    }
    let unquoted: String = plain.split('"').step_by(2).collect();
    let after_dots = unquoted.split('.').skip(1);
    after_dots
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
        .map(|rest| rest.chars().take_while(|c| is_of_class(*c)).collect())
        .collect()
}

/// What stands between quotation marks, one line at a time; comments and the tests at a file's end left out.
fn literals(source: &str) -> Vec<&str> {
    let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2)).collect()
}
