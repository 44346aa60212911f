-- One visit to the form: what was typed, shown, opened, and how it ended.

-- visitor is a hash of the visitor's random key: it ties a visit to what the same browser did in the days after,
-- and to nobody's name. outcome_* are NULL until settled: confirmed, potential, none, or idle (nothing typed, nothing opened).
CREATE TABLE intake_session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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
-- of one browser from those of many, and machine (a hash with a key of one day) those of one that came without a key.
CREATE TABLE search_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    locale TEXT NOT NULL,
    term TEXT NOT NULL,
    hits BIGINT NOT NULL,
    visitor TEXT,
    machine TEXT
);
CREATE INDEX search_log_at ON search_log (at);

-- A result that was opened, known by the page that the reader came from.
CREATE TABLE search_click (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    locale TEXT NOT NULL,
    term TEXT NOT NULL,
    article_id BIGINT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    visitor TEXT
);
CREATE INDEX search_click_at ON search_click (at);
CREATE INDEX search_click_article ON search_click (article_id);

-- Customers' words and the article that proved to answer them. source: 'linked' (a request was solved with it),
-- 'confirmed' (the customer said so at the form), 'opened' (a result, without an outcome). It goes with the customer,
-- the request and the visit that it came from. An empty text notes that a request or visit was read and said nothing.
CREATE TABLE search_evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL CHECK (source IN ('linked', 'confirmed', 'opened')),
    article_id BIGINT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    locale TEXT NOT NULL,
    text TEXT NOT NULL,
    person_id BIGINT REFERENCES person (id) ON DELETE CASCADE,
    organization_id BIGINT REFERENCES organization (id) ON DELETE SET NULL,
    visitor TEXT,
    request_id BIGINT REFERENCES request (id) ON DELETE CASCADE,
    intake_session_id BIGINT REFERENCES intake_session (id) ON DELETE CASCADE,
    at BIGINT NOT NULL
);
CREATE INDEX search_evidence_article ON search_evidence (article_id);
CREATE INDEX search_evidence_request ON search_evidence (request_id);
CREATE INDEX search_evidence_session ON search_evidence (intake_session_id);
CREATE INDEX search_evidence_person ON search_evidence (person_id);
CREATE INDEX search_evidence_visitor ON search_evidence (visitor);

-- Evidence that became a search phrase of its article; weight in thousandths. The words stand in the evidence alone,
-- so that they are gone when it is.
CREATE TABLE learned_phrase (
    evidence_id BIGINT PRIMARY KEY REFERENCES search_evidence (id) ON DELETE CASCADE,
    weight BIGINT NOT NULL
);

-- How many phrases an article had when it was settled last, learned and added by CRE: where there are fewer now, some
-- went with their customer, and the index has to hear of it.
CREATE TABLE settled_article (
    article_id BIGINT PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    learned BIGINT NOT NULL,
    added BIGINT NOT NULL
);

-- For this question, this is the right article; CRE keep the list. folded: the question as searches are counted. One
-- that came from a request goes with it.
CREATE TABLE judgement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    locale TEXT NOT NULL,
    question TEXT NOT NULL,
    folded TEXT NOT NULL,
    article_id BIGINT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    request_id BIGINT REFERENCES request (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    UNIQUE (locale, folded)
);
CREATE INDEX judgement_article ON judgement (article_id);

-- One evaluation of a language's list, at the time when it began; mrr in millionths. worse: for so many questions the
-- article came further down than in the round before.
CREATE TABLE judgement_round (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    locale TEXT NOT NULL,
    cause TEXT NOT NULL,
    questions BIGINT NOT NULL,
    first BIGINT NOT NULL,
    among_three BIGINT NOT NULL,
    mrr BIGINT NOT NULL,
    worse BIGINT NOT NULL
);
CREATE INDEX judgement_round_locale ON judgement_round (locale, id);

-- Where the right article came; NULL: not among those looked at. Kept of the last rounds, so that they can be compared.
CREATE TABLE judgement_place (
    round_id BIGINT NOT NULL REFERENCES judgement_round (id) ON DELETE CASCADE,
    judgement_id BIGINT NOT NULL REFERENCES judgement (id) ON DELETE CASCADE,
    place BIGINT,
    PRIMARY KEY (round_id, judgement_id)
);
CREATE INDEX judgement_place_judgement ON judgement_place (judgement_id);
