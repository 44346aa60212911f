//! English stems as a filter of Tantivy's. Its own is an option that Kotae does without; both use the same stemmer.

use rust_stemmers::{Algorithm, Stemmer};
use tantivy::tokenizer::{Token, TokenFilter, TokenStream, Tokenizer};

/// Stems every word.
#[derive(Clone)]
pub struct Stem;

#[derive(Clone)]
pub struct Stemming<T>(T);

pub struct Stems<T> {
    words: T,
    stemmer: Stemmer,
}

impl TokenFilter for Stem {
    type Tokenizer<T: Tokenizer> = Stemming<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> Stemming<T> {
        Stemming(tokenizer)
    }
}

impl<T: Tokenizer> Tokenizer for Stemming<T> {
    type TokenStream<'a> = Stems<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        Stems { words: self.0.token_stream(text), stemmer: Stemmer::create(Algorithm::English) }
    }
}

impl<T: TokenStream> TokenStream for Stems<T> {
    fn advance(&mut self) -> bool {
        let goes_on = self.words.advance();
        if goes_on {
            let word = self.words.token_mut();
            word.text = self.stemmer.stem(&word.text).into_owned();
        }
        goes_on
    }

    fn token(&self) -> &Token {
        self.words.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.words.token_mut()
    }
}

#[cfg(test)]
mod tests {
    use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer};

    use super::*;

    #[test]
    fn words_are_stemmed_and_stay_where_they_are() {
        let mut analyser =
            TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).filter(Stem).build();
        let mut stream = analyser.token_stream("Resetting passwords");
        let mut stems = Vec::new();
        stream.process(&mut |token| stems.push((token.text.clone(), token.offset_from)));
        assert_eq!(stems, [("reset".to_owned(), 0), ("password".to_owned(), 10)]);
    }
}
