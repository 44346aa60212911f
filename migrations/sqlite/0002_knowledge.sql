-- What customers read.

CREATE TABLE category (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent_id BIGINT REFERENCES category (id),
    slug TEXT NOT NULL UNIQUE,
    icon TEXT NOT NULL DEFAULT 'book',
    position BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);
CREATE INDEX category_parent ON category (parent_id);

CREATE TABLE category_text (
    category_id BIGINT NOT NULL REFERENCES category (id) ON DELETE CASCADE,
    locale TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (category_id, locale)
);

CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    category_id BIGINT REFERENCES category (id),
    owner_id BIGINT REFERENCES person (id) ON DELETE SET NULL,
    audience TEXT NOT NULL DEFAULT 'public',
    created_at BIGINT NOT NULL
);
CREATE INDEX article_category ON article (category_id);

-- One language of an article. head_revision_id is what editors see, live_revision_id what readers see
-- (NULL: not published). updated_at is the last save or change of state.
CREATE TABLE translation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id BIGINT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    locale TEXT NOT NULL,
    slug TEXT NOT NULL,
    head_revision_id BIGINT,
    live_revision_id BIGINT,
    published_at BIGINT,
    updated_at BIGINT NOT NULL,
    UNIQUE (article_id, locale),
    UNIQUE (locale, slug)
);

-- Immutable. number counts from 1 within a translation.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    translation_id BIGINT NOT NULL REFERENCES translation (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL,
    author_id BIGINT REFERENCES person (id) ON DELETE SET NULL,
    note TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    UNIQUE (translation_id, number)
);

CREATE TABLE tag (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE article_tag (
    article_id BIGINT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    tag_id BIGINT NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    PRIMARY KEY (article_id, tag_id)
);
CREATE INDEX article_tag_tag ON article_tag (tag_id);

-- Words for the same thing, as CRE keep them per language, one a line. Without meanings each of the words means all
-- the others; with meanings, whoever searches for one of the words finds those too, and not the other way round.
CREATE TABLE synonym (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    locale TEXT NOT NULL,
    words TEXT NOT NULL,
    meanings TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX synonym_locale ON synonym (locale);

-- What was suggested as a synonym and is none: not suggested again.
CREATE TABLE synonym_dismissed (
    locale TEXT NOT NULL,
    word TEXT NOT NULL,
    meaning TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (locale, word, meaning)
);

-- A path that moved, without its host: answered with 301.
CREATE TABLE redirect (
    path TEXT PRIMARY KEY,
    target TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- "Did this solve it?" reason is NULL for yes, or one of the offered reasons; comment is the reader's own words.
CREATE TABLE article_feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id BIGINT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    locale TEXT NOT NULL,
    solved BOOLEAN NOT NULL,
    reason TEXT,
    comment TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX article_feedback_article ON article_feedback (article_id);

-- The bytes of every file, once; in the database, so that a file and the row that names it live and die together.
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
);

-- key is unguessable and stands in the address. Whoever may read the article or the message may read the file;
-- an attachment with neither is an upload that waits for its form (uploader: hash of the visitor's key).
CREATE TABLE attachment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL REFERENCES blob (sha256),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    width BIGINT,
    height BIGINT,
    article_id BIGINT REFERENCES article (id) ON DELETE CASCADE,
    message_id BIGINT,
    portal BOOLEAN NOT NULL DEFAULT FALSE,
    uploader TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX attachment_article ON attachment (article_id);
CREATE INDEX attachment_message ON attachment (message_id);
CREATE INDEX attachment_sha256 ON attachment (sha256);

-- Which file of an import a translation came from, and the hash of what was imported: a second run changes nothing.
CREATE TABLE imported (
    path TEXT NOT NULL,
    locale TEXT NOT NULL,
    article_id BIGINT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    content_hash TEXT NOT NULL,
    imported_at BIGINT NOT NULL,
    PRIMARY KEY (path, locale)
);
