//! Queries as paths of the portal's interface, each different from all before: it remembers what it was asked lately,
//! and its memory is not what is measured.

/// Requests of one load at the most.
const MOST: usize = 20_000;

pub struct Traffic {
    /// Percent-encoded.
    queries: Vec<String>,
    language: &'static str,
    /// How often all of them were asked already.
    rounds: usize,
}

impl Traffic {
    pub fn new<'a>(queries: impl IntoIterator<Item = &'a str>, language: &'static str) -> Self {
        Self { queries: queries.into_iter().map(encode).collect(), language, rounds: 0 }
    }

    /// Paths for one load: pages of titles and excerpts.
    pub fn pages(&mut self) -> Vec<String> {
        self.next("")
    }

    /// Paths for one load: titles and links alone.
    pub fn titles(&mut self) -> Vec<String> {
        self.next("&excerpts=false")
    }

    fn next(&mut self, options: &str) -> Vec<String> {
        let rounds = MOST.div_ceil(self.queries.len().max(1));
        let first = self.rounds;
        self.rounds += rounds;
        let language = self.language;
        let round = |round: usize| {
            // Full stops before a query make it another text, and say nothing to a search.
            let stops = ".".repeat(round);
            self.queries.iter().map(move |query| {
                format!("/api/v1/search?locale={language}&per_page=10{options}&q={stops}+{query}")
            })
        };
        (first..self.rounds).flat_map(round).collect()
    }
}

/// Percent-encodes a value of a query string.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            encoded += &format!("%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_asked_twice() {
        let mut traffic = Traffic::new(["sign in", "予約"], "ja");
        let paths: Vec<String> = [traffic.pages(), traffic.pages()].concat();
        assert_eq!(paths[0], "/api/v1/search?locale=ja&per_page=10&q=+sign%20in");
        assert_eq!(paths[3], "/api/v1/search?locale=ja&per_page=10&q=.+%E4%BA%88%E7%B4%84");
        let different: std::collections::HashSet<&String> = paths.iter().collect();
        assert_eq!(different.len(), paths.len());
        assert!(traffic.titles()[0].contains("&excerpts=false&q=.."));
    }
}
