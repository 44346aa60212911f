//! The category tree as it is read: whole, in memory, with how much stands on each shelf.

use super::Result;
use crate::storage::{Conn, Db, all};
use app::i18n::Locale;
use std::sync::{Arc, Mutex, PoisonError};

/// One category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    pub id: i64,
    pub parent_id: Option<i64>,
    pub slug: String,
    pub icon: String,
    pub position: i64,
    /// Name and description by language; empty where it has none.
    pub ja: (String, String),
    pub en: (String, String),
    /// Published articles that stand right here.
    pub articles: i64,
    /// All articles that stand right here, drafts included.
    pub all_articles: i64,
}

impl Node {
    pub fn name(&self, locale: Locale) -> &str {
        let (own, other) = self.texts(locale);
        [own.0.as_str(), other.0.as_str()].into_iter().find(|name| !name.is_empty()).unwrap_or(&self.slug)
    }

    /// In the language that the name is in: words of two languages are not mixed.
    pub fn description(&self, locale: Locale) -> &str {
        let (own, other) = self.texts(locale);
        if own.0.is_empty() { &other.1 } else { &own.1 }
    }

    fn texts(&self, locale: Locale) -> (&(String, String), &(String, String)) {
        locale.t((&self.ja, &self.en), (&self.en, &self.ja))
    }
}

/// A tree that was read, and the generation of the knowledge in which it was.
#[derive(Debug, Default)]
pub struct KeptTree(Mutex<Option<(u64, Arc<Tree>)>>);

impl KeptTree {
    /// The tree of this generation. One that is read while the knowledge changes is kept for the generation before
    /// the change, and read again by the next who asks.
    pub async fn of(&self, db: &Db, generation: u64) -> Result<Arc<Tree>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((read_in, tree)) = kept
            && read_in == generation
        {
            return Ok(tree);
        }
        let tree = Arc::new(Tree::load(&mut db.read().await?).await?);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((generation, Arc::clone(&tree)));
        Ok(tree)
    }
}

/// Every category, in the order in which siblings stand.
#[derive(Clone, Debug, Default)]
pub struct Tree(Vec<Node>);

impl Tree {
    pub async fn load(conn: &mut Conn) -> Result<Self> {
        let rows = all!(
            conn,
            (i64, Option<i64>, String, String, i64, i64, i64),
            "SELECT category.id, category.parent_id, category.slug, category.icon, category.position,
                    (SELECT COUNT(*) FROM article
                     WHERE article.category_id = category.id AND article.audience = 'public'
                       AND EXISTS (SELECT 1 FROM translation WHERE translation.article_id = article.id
                                   AND translation.live_revision_id IS NOT NULL)),
                    (SELECT COUNT(*) FROM article WHERE article.category_id = category.id)
             FROM category ORDER BY category.position, category.id"
        )?;
        let texts = all!(
            conn,
            (i64, String, String, String),
            "SELECT category_id, locale, name, description FROM category_text"
        )?;
        let mut nodes: Vec<Node> = rows
            .into_iter()
            .map(|(id, parent_id, slug, icon, position, articles, all_articles)| Node {
                id,
                parent_id,
                slug,
                icon,
                position,
                articles,
                all_articles,
                ..Node::default()
            })
            .collect();
        for (id, locale, name, description) in texts {
            let Some(node) = nodes.iter_mut().find(|node| node.id == id) else { continue };
            match Locale::from_tag(&locale) {
                Some(Locale::Ja) => node.ja = (name, description),
                Some(Locale::En) => node.en = (name, description),
                None => {}
            }
        }
        Ok(Self(nodes))
    }

    pub fn get(&self, id: i64) -> Option<&Node> {
        self.0.iter().find(|node| node.id == id)
    }

    pub fn by_slug(&self, slug: &str) -> Option<&Node> {
        self.0.iter().find(|node| node.slug == slug)
    }

    /// The categories right below one; `None` gives the roots.
    pub fn children(&self, parent: Option<i64>) -> impl Iterator<Item = &Node> {
        self.0.iter().filter(move |node| node.parent_id == parent)
    }

    /// From the root down to the category itself.
    pub fn path(&self, id: i64) -> Vec<&Node> {
        let mut path = Vec::new();
        let mut at = Some(id);
        while let Some(node) = at.and_then(|id| self.get(id)).filter(|_| path.len() < super::DEPTH) {
            path.push(node);
            at = node.parent_id;
        }
        path.reverse();
        path
    }

    /// A category and all below it.
    pub fn below(&self, id: i64) -> Vec<i64> {
        let mut found = vec![id];
        let mut n = 0;
        while let Some(parent) = found.get(n).copied() {
            found.extend(self.children(Some(parent)).map(|node| node.id));
            n += 1;
        }
        found
    }

    /// Published articles in a category and all below it.
    pub fn total(&self, id: i64) -> i64 {
        self.below(id).into_iter().filter_map(|id| self.get(id)).map(|node| node.articles).sum()
    }

    /// Every category with its depth (from 0), each followed by those below it: for lists and selects.
    pub fn walk(&self) -> Vec<(usize, &Node)> {
        fn visit<'t>(tree: &'t Tree, parent: Option<i64>, depth: usize, out: &mut Vec<(usize, &'t Node)>) {
            for node in tree.children(parent) {
                out.push((depth, node));
                if depth + 1 < super::DEPTH {
                    visit(tree, Some(node.id), depth + 1, out);
                }
            }
        }
        let mut out = Vec::with_capacity(self.0.len());
        visit(self, None, 0, &mut out);
        out
    }

    /// 「お支払い › 請求書」.
    pub fn path_name(&self, id: i64, locale: Locale) -> String {
        self.path(id).iter().map(|node| node.name(locale)).collect::<Vec<_>>().join(" › ")
    }
}
