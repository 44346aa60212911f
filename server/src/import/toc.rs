//! Tables of contents (`TOC.md`): names for folders, and an order.

use super::dialect;
use super::front_matter;
use super::paths::folder;
use std::collections::HashMap;

/// What a table of contents tells.
#[derive(Debug, Default)]
pub(super) struct Toc {
    /// The name of the whole.
    pub(super) title: Option<String>,
    groups: Vec<Group>,
    /// The place of each page, from 0.
    order: HashMap<String, usize>,
}

/// A heading with the pages below it, at any depth.
#[derive(Debug)]
struct Group {
    title: String,
    pages: Vec<String>,
    has_children: bool,
}

/// How much a group's pages and a folder's pages must overlap for the group to name the folder.
const OVERLAP: f64 = 0.5;

impl Toc {
    /// Reads a list of links. `resolve` gives the path of a linked page.
    pub(super) fn parse(text: &str, resolve: impl Fn(&str) -> Option<String>) -> Self {
        let (mut toc, body) = match front_matter::parse(text) {
            Ok(parts) => (Self { title: parts.front_matter.guide, ..Self::default() }, parts.body),
            Err(_) => (Self::default(), text),
        };
        let mut open: Vec<(usize, usize)> = Vec::new();
        for line in body.lines() {
            if let Some(heading) = line.strip_prefix("# ") {
                toc.title.get_or_insert_with(|| name(heading));
            }
            let Some((indent, entry)) = entry(line) else { continue };
            open.retain(|(outer, _)| *outer < indent);
            let (title, page) = link(entry);
            if let Some((_, group)) = open.last() {
                toc.groups[*group].has_children = true;
            }
            let place = toc.order.len();
            if let Some(page) = page.and_then(&resolve) {
                toc.order.entry(page.clone()).or_insert(place);
                for (_, group) in &open {
                    toc.groups[*group].pages.push(page.clone());
                }
                toc.groups.push(Group { title, pages: vec![page], has_children: false });
            } else {
                toc.groups.push(Group { title, pages: Vec::new(), has_children: false });
            }
            open.push((indent, toc.groups.len() - 1));
        }
        toc
    }

    /// The place of a page.
    pub(super) fn place(&self, page: &str) -> Option<usize> {
        self.order.get(page).copied()
    }

    /// A name for each folder that a group stands for. A group stands for the folder whose listed pages are its own.
    pub(super) fn folder_names(&self) -> HashMap<String, String> {
        let mut sizes: HashMap<&str, usize> = HashMap::new();
        for page in self.order.keys() {
            for folder in above(page) {
                *sizes.entry(folder).or_default() += 1;
            }
        }
        let mut best: HashMap<&str, (f64, &str)> = HashMap::new();
        for group in self.groups.iter().filter(|group| group.has_children) {
            let mut shared: HashMap<&str, usize> = HashMap::new();
            for page in &group.pages {
                for folder in above(page) {
                    *shared.entry(folder).or_default() += 1;
                }
            }
            for (at, count) in shared {
                let union = (group.pages.len() + sizes.get(at).copied().unwrap_or_default())
                    .saturating_sub(count)
                    .max(1);
                let overlap = count as f64 / union as f64;
                let known = best.entry(at).or_insert((0.0, ""));
                if overlap >= OVERLAP && overlap > known.0 {
                    *known = (overlap, &group.title);
                }
            }
        }
        best.into_iter()
            .filter(|(_, (_, title))| !title.is_empty())
            .map(|(folder, (_, title))| (folder.to_owned(), title.to_owned()))
            .collect()
    }
}

/// The folders above a page, the nearest first.
fn above(page: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder(page)), |&at| Some(folder(at))).take_while(|at| !at.is_empty())
}

/// `  * words`: the indentation and the words.
fn entry(line: &str) -> Option<(usize, &str)> {
    let inside = line.trim_start_matches([' ', '\t']);
    let words = inside.strip_prefix(['*', '-', '+']).filter(|rest| rest.starts_with([' ', '\t']))?;
    Some((line.len() - inside.len(), words.trim()))
}

/// `{attribute} [words](page) {#id}`: words and page.
fn link(entry: &str) -> (String, Option<&str>) {
    let mut rest = entry;
    while let Some(end) = rest.strip_prefix('{').and_then(|inside| inside.find('}')) {
        rest = rest[end + 2..].trim_start();
    }
    if rest.starts_with('[')
        && let Some(middle) = rest.rfind("](")
    {
        let page = rest[middle + 2..].split([')', ' ']).next();
        return (name(&rest[1..middle]), page);
    }
    (name(rest), None)
}

/// Words without their signs and anchor.
fn name(text: &str) -> String {
    let text = text.rfind("{#").map_or(text, |at| &text[..at]);
    dialect::plain(text)
}

#[cfg(test)]
mod tests {
    use super::Toc;

    #[test]
    fn groups_name_the_folders_whose_pages_they_hold() {
        let text = "---\nuser-guide-title: Guide\n---\n# Other {#x}\n\n* [Start](start.md)\n* Troubleshooting {#t}\n  \
                    * [Overview](t/overview.md)\n  * {hide-from-toc} [!DNL Data]base {#d}\n    * [A](t/db/a.md)\n    \
                    * [B [!DNL X]](t/db/b.md)\n    * [Gone](t/db/gone.md)\n";
        let known = ["start.md", "t/overview.md", "t/db/a.md", "t/db/b.md"];
        let toc = Toc::parse(text, |page| known.contains(&page).then(|| page.to_owned()));
        assert_eq!(toc.title.as_deref(), Some("Guide"));
        assert_eq!((toc.place("start.md"), toc.place("t/db/b.md"), toc.place("x")), (Some(0), Some(3), None));
        let names = toc.folder_names();
        assert_eq!(names["t"], "Troubleshooting");
        assert_eq!(names["t/db"], "Database");
    }
}
