-- What customers send, and how it is routed and answered.

-- An id is never used again: the private link of a request that was erased opens nothing.
-- number counts from 1 and is what people say; link_version is part of the private link's key, so that raising it
-- revokes the old link. It begins at the time of the opening: where an older backup was restored and ids are given that
-- it did not know of, a link from before opens nothing. version rises with every change, so that two people editing at once are told.
-- waiting_since: from when on the customer has waited for us; NULL while it is not our turn.
CREATE TABLE request (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number BIGINT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('question', 'problem', 'idea', 'praise')),
    subject TEXT NOT NULL,
    locale TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('new', 'open', 'waiting', 'solved', 'closed')),
    priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    area_id BIGINT REFERENCES category (id) ON DELETE SET NULL,
    customer_id BIGINT NOT NULL REFERENCES person (id),
    organization_id BIGINT REFERENCES organization (id) ON DELETE SET NULL,
    assignee_id BIGINT REFERENCES person (id) ON DELETE SET NULL,
    group_id BIGINT REFERENCES person_group (id) ON DELETE SET NULL,
    link_version BIGINT NOT NULL,
    submit_key TEXT UNIQUE,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    waiting_since BIGINT,
    first_reply_at BIGINT,
    solved_at BIGINT,
    closed_at BIGINT,
    solved_article_id BIGINT REFERENCES article (id) ON DELETE SET NULL
);
CREATE INDEX request_inbox ON request (status, updated_at);
CREATE INDEX request_assignee ON request (assignee_id, status);
CREATE INDEX request_customer ON request (customer_id, updated_at);
CREATE INDEX request_created ON request (created_at);
CREATE INDEX request_waiting ON request (waiting_since);

-- Numbers without gaps: the row is locked while a request is written, and rolls back with it.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

-- What the desk's search reads: subject and messages, folded (NFKC, lower case). Beside the request, so that lists
-- need not step over long texts.
CREATE TABLE request_text (
    request_id BIGINT PRIMARY KEY REFERENCES request (id) ON DELETE CASCADE,
    text TEXT NOT NULL
);

-- One entry of a thread. kind 'event' has a JSON event and no body.
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id BIGINT NOT NULL REFERENCES request (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('reply', 'note', 'event')),
    author_id BIGINT REFERENCES person (id) ON DELETE SET NULL,
    from_customer BOOLEAN NOT NULL DEFAULT FALSE,
    body TEXT NOT NULL DEFAULT '',
    event TEXT,
    submit_key TEXT UNIQUE,
    created_at BIGINT NOT NULL
);
CREATE INDEX message_request ON message (request_id, id);

CREATE TABLE request_tag (
    request_id BIGINT NOT NULL REFERENCES request (id) ON DELETE CASCADE,
    tag_id BIGINT NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    PRIMARY KEY (request_id, tag_id)
);
CREATE INDEX request_tag_tag ON request_tag (tag_id);

-- What a CRE is writing, so that nothing typed is lost between pages.
CREATE TABLE reply_draft (
    request_id BIGINT NOT NULL REFERENCES request (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (request_id, person_id)
);

-- conditions and actions are JSON (their types stand in the program); rules run in order of position.
CREATE TABLE rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    enabled BOOLEAN NOT NULL DEFAULT TRUE,
    conditions TEXT NOT NULL,
    actions TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- Which requests an article solved: a use, in KCS's word.
CREATE TABLE article_use (
    article_id BIGINT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    request_id BIGINT NOT NULL REFERENCES request (id) ON DELETE CASCADE,
    person_id BIGINT REFERENCES person (id) ON DELETE SET NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (article_id, request_id)
);

-- The article that was drafted from a request.
CREATE TABLE article_origin (
    article_id BIGINT PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    request_id BIGINT REFERENCES request (id) ON DELETE SET NULL
);

-- What the desk was offered for a request when somebody acted on it. label: an article's or person's id, a tag's name.
-- Whether it was right is seen from the request once it is over.
CREATE TABLE suggestion (
    request_id BIGINT NOT NULL REFERENCES request (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('article', 'tag', 'assignee')),
    label TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (request_id, kind, label)
);
CREATE INDEX suggestion_at ON suggestion (at);

-- Customers' own words for an article: matched by search, never shown. They go with the request they came from.
CREATE TABLE search_phrase (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id BIGINT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    locale TEXT NOT NULL,
    phrase TEXT NOT NULL,
    request_id BIGINT REFERENCES request (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL
);
CREATE INDEX search_phrase_article ON search_phrase (article_id);
CREATE INDEX search_phrase_request ON search_phrase (request_id);
