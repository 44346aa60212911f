//! Whole pages for anonymous visitors.

use bytes::Bytes;
use std::sync::Arc;

/// About 64 MB of pages at the most.
const BYTES: u64 = 64 * 1024 * 1024;

/// A rendered page with its validator.
#[derive(Clone, Debug)]
pub struct CachedPage {
    pub body: Bytes,
    pub etag: String,
}

/// Cheap to clone; clones share one cache.
#[derive(Clone, Debug)]
pub struct PageCache(moka::sync::Cache<String, Arc<CachedPage>>);

impl Default for PageCache {
    fn default() -> Self {
        Self(
            moka::sync::Cache::builder()
                .max_capacity(BYTES)
                .weigher(|key: &String, page: &Arc<CachedPage>| {
                    u32::try_from(key.len() + page.body.len()).unwrap_or(u32::MAX)
                })
                .build(),
        )
    }
}

impl PageCache {
    pub fn get(&self, key: &str) -> Option<Arc<CachedPage>> {
        self.0.get(key)
    }

    pub fn put(&self, key: String, page: Arc<CachedPage>) {
        self.0.insert(key, page);
    }

    /// Something that pages show has changed.
    pub fn clear(&self) {
        self.0.invalidate_all();
    }
}
