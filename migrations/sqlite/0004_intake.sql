-- One visit to the form: what was typed, shown, opened, and how it ended.

-- visitor is a hash of the visitor's random key: it ties a visit to what the same browser did in the days after,
-- and to nobody's name. outcome_* are NULL until settled: confirmed, potential, none, or idle (nothing typed, nothing opened).
CREATE TABLE intake_session (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    visitor TEXT NOT NULL,
    locale TEXT NOT NULL,
    held_out BOOLEAN NOT NULL,
    opened_at BIGINT NOT NULL,
    typed TEXT NOT NULL DEFAULT '',
    typed_at BIGINT,
    solved_article_id BIGINT REFERENCES article (id) ON DELETE SET NULL,
    solved_at BIGINT,
    request_id BIGINT REFERENCES request (id) ON DELETE SET NULL,
    submitted_at BIGINT,
    left_at BIGINT,
    outcome_day TEXT,
    outcome_week TEXT
);
CREATE INDEX intake_session_opened ON intake_session (opened_at);
CREATE INDEX intake_session_visitor ON intake_session (visitor, opened_at);

-- stage: 'typing' (beside the text) or 'submit' (before sending).
CREATE TABLE intake_shown (
    intake_session_id BIGINT NOT NULL REFERENCES intake_session (id) ON DELETE CASCADE,
    article_id BIGINT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    stage TEXT NOT NULL,
    rank BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (intake_session_id, article_id, stage)
);

CREATE TABLE intake_opened (
    intake_session_id BIGINT NOT NULL REFERENCES intake_session (id) ON DELETE CASCADE,
    article_id BIGINT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    PRIMARY KEY (intake_session_id, article_id)
);

-- What was searched, not who: term is folded, without addresses and long numbers; visitor only tells repeated searches
-- of one browser from those of many.
CREATE TABLE search_log (
    id INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    locale TEXT NOT NULL,
    term TEXT NOT NULL,
    hits BIGINT NOT NULL,
    visitor TEXT
);
CREATE INDEX search_log_at ON search_log (at);

-- A result that was opened, known by the page that the reader came from.
CREATE TABLE search_click (
    id INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    locale TEXT NOT NULL,
    term TEXT NOT NULL,
    article_id BIGINT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    visitor TEXT
);
CREATE INDEX search_click_at ON search_click (at);
CREATE INDEX search_click_article ON search_click (article_id);
