//! The whole of it: articles written to a database are followed, found, withheld and rebuilt.
