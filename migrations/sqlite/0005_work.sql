-- What happens after the answer has gone out: jobs, mail, and the log that the index follows.

-- A job is written in the transaction of the change that wants it, and goes when it is done. dedup: at most one job of
-- that name is under way. due_at is when it was first wanted; run_at moves with every new try. locked_until is the lease
-- of the process that runs it; again_at is set when the job is wanted once more while it is in hand.
CREATE TABLE job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL DEFAULT '{}',
    dedup TEXT UNIQUE,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    locked_until BIGINT,
    last_error TEXT,
    failed_at BIGINT,
    due_at BIGINT NOT NULL,
    again_at BIGINT
);
CREATE INDEX job_due ON job (run_at);

-- Every mail that was written, with its fate. message_id and reference_ids (space separated) thread it.
CREATE TABLE mail (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient TEXT NOT NULL,
    locale TEXT NOT NULL,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    reference_ids TEXT NOT NULL DEFAULT '',
    request_id BIGINT REFERENCES request (id) ON DELETE CASCADE,
    secret BOOLEAN NOT NULL DEFAULT FALSE,
    status TEXT NOT NULL CHECK (status IN ('queued', 'sent', 'filed', 'failed')),
    error TEXT,
    created_at BIGINT NOT NULL,
    sent_at BIGINT
);
CREATE INDEX mail_created ON mail (created_at);
CREATE INDEX mail_status ON mail (status);

-- What every process has to follow, in order: its index, its settings, the pages that it keeps. entity: 'article',
-- 'category', 'synonym', 'phrase' (of whatever article), 'setting', 'erasure' (what was deleted goes from the index's
-- files, too), or 'gap' (older rows were deleted, and what this one said as well).
CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entity TEXT NOT NULL,
    entity_id BIGINT NOT NULL,
    at BIGINT NOT NULL
);
