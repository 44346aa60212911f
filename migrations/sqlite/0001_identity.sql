-- Who uses the portal, and how they prove it.

-- AUTOINCREMENT in every table, as PostgreSQL's identities do by themselves: SQLite would give the id of a deleted
-- newest row to the next one, and what still names the old row (a cache, a link, the audit log) would mean the new.

CREATE TABLE organization (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

-- A person who writes from one of these mail domains belongs to the organization.
CREATE TABLE organization_domain (
    domain TEXT PRIMARY KEY,
    organization_id BIGINT NOT NULL REFERENCES organization (id) ON DELETE CASCADE
);

-- An id is never used again: what the audit log and mails say of somebody who was erased must not lead to somebody else.
-- email is normalised (trimmed, lower case); a person without a password signs in by mail link only.
CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL CHECK (role IN ('customer', 'cre', 'administrator')),
    organization_id BIGINT REFERENCES organization (id) ON DELETE SET NULL,
    locale TEXT NOT NULL,
    password_hash TEXT,
    single_keys BOOLEAN NOT NULL DEFAULT TRUE,
    disabled_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX person_organization ON person (organization_id);

-- Groups of CRE that requests are routed to.
CREATE TABLE person_group (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE group_member (
    group_id BIGINT NOT NULL REFERENCES person_group (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, person_id)
);

-- The cookie holds the token, the table only its SHA-256.
CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash TEXT NOT NULL UNIQUE,
    person_id BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    user_agent TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX session_person ON session (person_id);

-- Links that arrive by mail and work once: to sign in, to accept an invitation, to set a new password.
CREATE TABLE mail_link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'invitation', 'password')),
    email TEXT NOT NULL,
    role TEXT,
    name TEXT NOT NULL DEFAULT '',
    next_path TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX mail_link_email ON mail_link (email, created_at);

-- Every change of settings, people and articles. The label survives the person.
CREATE TABLE audit_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    actor_id BIGINT,
    actor_label TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id BIGINT,
    detail TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_entry_at ON audit_entry (at);

-- One row a setting; the value is JSON. Names and defaults stand in the program.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- Keys that every replica of one database must share.
CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
