-- +goose Up

-- Times are Unix milliseconds in UTC, 0 for "never". Ids are made by the program
-- and sort by time. A row's large text stands last, so that lists need not read it
-- and a counter before it can be written without writing the text again.

CREATE TABLE members (
    id            INTEGER PRIMARY KEY CHECK (id > 0),
    name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
    name_key      TEXT    NOT NULL, -- the name with its spelling folded
    role          TEXT    NOT NULL CHECK (role IN ('moderator', 'admin')),
    password_hash TEXT    NOT NULL,
    disabled      INTEGER NOT NULL CHECK (disabled IN (0, 1)),
    created_at    INTEGER NOT NULL,
    seen_at       INTEGER NOT NULL
);
CREATE UNIQUE INDEX members_name ON members (name_key);

CREATE TABLE sessions (
    hash       TEXT    PRIMARY KEY CHECK (length(hash) > 0),
    member_id  INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    user_agent TEXT    NOT NULL
);
CREATE INDEX sessions_member ON sessions (member_id, seen_at);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE articles (
    id               INTEGER PRIMARY KEY CHECK (id > 0),
    version          INTEGER NOT NULL CHECK (version > 0),
    replies          INTEGER NOT NULL CHECK (replies >= 0), -- approved comments
    comments_version INTEGER NOT NULL, -- grows with every change of what readers see below it
    published        INTEGER NOT NULL CHECK (published IN (0, 1)),
    published_at     INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    lang             TEXT    NOT NULL CHECK (lang IN ('ar', 'en')),
    mode             TEXT    NOT NULL CHECK (mode IN ('', 'before', 'after', 'closed')),
    slug             TEXT    NOT NULL CHECK (length(slug) BETWEEN 1 AND 300),
    section          TEXT    NOT NULL CHECK (length(section) <= 300),
    title            TEXT    NOT NULL CHECK (length(title) <= 2000),
    byline           TEXT    NOT NULL CHECK (length(byline) <= 2000),
    source           TEXT,             -- the address it was imported from
    summary          TEXT    NOT NULL CHECK (length(summary) <= 20000),
    folded           TEXT    NOT NULL, -- the words of title, section and byline between spaces
    body             TEXT    NOT NULL
);
CREATE UNIQUE INDEX articles_slug ON articles (slug);
CREATE UNIQUE INDEX articles_source ON articles (source) WHERE source IS NOT NULL;
CREATE INDEX articles_all ON articles (published_at, id);
CREATE INDEX articles_published ON articles (published, published_at, id);
CREATE INDEX articles_lang ON articles (published, lang, published_at, id);
CREATE INDEX articles_section ON articles (published, section, published_at, id);
CREATE INDEX articles_lang_section ON articles (published, lang, section, published_at, id);

CREATE TABLE comments (
    id             INTEGER PRIMARY KEY CHECK (id > 0),
    article_id     INTEGER NOT NULL REFERENCES articles (id),
    parent_id      INTEGER REFERENCES comments (id) DEFERRABLE INITIALLY DEFERRED,
    root_id        INTEGER NOT NULL CHECK (root_id > 0),
    status         TEXT    NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'spam')),
    arrival        TEXT    NOT NULL CHECK (arrival IN ('pending', 'approved', 'rejected', 'spam')),
    version        INTEGER NOT NULL CHECK (version > 0),
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    lang           TEXT    NOT NULL CHECK (lang IN ('', 'ar', 'en')),
    dir            TEXT    NOT NULL CHECK (dir IN ('', 'rtl', 'ltr')),
    name           TEXT    NOT NULL CHECK (length(name) <= 1000),
    email          TEXT    NOT NULL CHECK (length(email) <= 1000),
    website        TEXT    NOT NULL CHECK (length(website) <= 4000),
    address        TEXT    NOT NULL CHECK (length(address) <= 1000),
    user_agent     TEXT    NOT NULL CHECK (length(user_agent) <= 4000),
    body           TEXT    NOT NULL CHECK (length(body) <= 1000000),
    reasons        TEXT    NOT NULL, -- JSON, empty for none
    source         TEXT,             -- where it was imported from
    name_key       TEXT    NOT NULL, -- the name with its spelling folded
    email_key      TEXT    NOT NULL, -- the e-mail in lower case
    submission_key TEXT,             -- one form sent
    content_key    TEXT,             -- one author, place and text
    token_hash     TEXT,             -- of the author's private link
    folded         TEXT    NOT NULL  -- the words of name and body, for the search
);
CREATE UNIQUE INDEX comments_submission ON comments (submission_key) WHERE submission_key IS NOT NULL;
CREATE UNIQUE INDEX comments_content ON comments (content_key) WHERE content_key IS NOT NULL;
CREATE UNIQUE INDEX comments_token ON comments (token_hash) WHERE token_hash IS NOT NULL;
CREATE UNIQUE INDEX comments_source ON comments (source) WHERE source IS NOT NULL;
CREATE INDEX comments_parent ON comments (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX comments_status ON comments (status, id);
CREATE INDEX comments_article ON comments (article_id, id);
CREATE INDEX comments_article_status ON comments (article_id, status, id);
CREATE INDEX comments_thread ON comments (article_id, status, root_id, id);
CREATE INDEX comments_root ON comments (article_id, root_id, id);
CREATE INDEX comments_email ON comments (email_key, id);
CREATE INDEX comments_email_status ON comments (email_key, status, id);
CREATE INDEX comments_name ON comments (name_key, id);
CREATE INDEX comments_name_status ON comments (name_key, status, id);

-- The words of every comment. The text is folded before, so the tokenizer only cuts
-- at the spaces; newest first, as most pages of a search are.
CREATE VIRTUAL TABLE comments_words USING fts4 (
    content="comments", folded, tokenize=unicode61 "remove_diacritics=0", matchinfo=fts3, order=desc
);

-- +goose StatementBegin
CREATE TRIGGER comments_words_insert AFTER INSERT ON comments BEGIN
    INSERT INTO comments_words (docid, folded) VALUES (new.id, new.folded);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER comments_words_before_update BEFORE UPDATE OF folded ON comments BEGIN
    DELETE FROM comments_words WHERE docid = old.id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER comments_words_after_update AFTER UPDATE OF folded ON comments BEGIN
    INSERT INTO comments_words (docid, folded) VALUES (new.id, new.folded);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER comments_words_delete BEFORE DELETE ON comments BEGIN
    DELETE FROM comments_words WHERE docid = old.id;
END;
-- +goose StatementEnd

-- The journal. A version of a comment has one entry, so two decisions on the same
-- version cannot both be written.
CREATE TABLE decisions (
    id          INTEGER PRIMARY KEY CHECK (id > 0),
    comment_id  INTEGER NOT NULL REFERENCES comments (id),
    batch_id    INTEGER NOT NULL CHECK (batch_id > 0),
    action      TEXT    NOT NULL CHECK (action IN ('approve', 'reject', 'spam', 'hold', 'undo', 'withdraw', 'revise', 'carry')),
    from_status TEXT    NOT NULL CHECK (from_status IN ('pending', 'approved', 'rejected', 'spam')),
    to_status   TEXT    NOT NULL CHECK (to_status IN ('pending', 'approved', 'rejected', 'spam')),
    version     INTEGER NOT NULL CHECK (version > 1),
    member_id   INTEGER REFERENCES members (id), -- NULL for the comment's author
    member      TEXT    NOT NULL,
    note        TEXT    NOT NULL CHECK (length(note) <= 20000),
    previous    TEXT    NOT NULL,
    undoes      INTEGER REFERENCES decisions (id),
    at          INTEGER NOT NULL
);
CREATE UNIQUE INDEX decisions_comment ON decisions (comment_id, version);
CREATE INDEX decisions_batch ON decisions (batch_id);
CREATE INDEX decisions_member ON decisions (member_id, id);

-- +goose StatementBegin
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN
    SELECT RAISE(ABORT, 'entries of the journal are never deleted');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decisions_stand BEFORE UPDATE ON decisions BEGIN
    SELECT RAISE(ABORT, 'entries of the journal are never changed');
END;
-- +goose StatementEnd

CREATE TABLE events (
    id        INTEGER PRIMARY KEY CHECK (id > 0),
    at        INTEGER NOT NULL,
    member_id INTEGER REFERENCES members (id), -- NULL where nobody is signed in
    member    TEXT    NOT NULL,
    kind      TEXT    NOT NULL CHECK (length(kind) BETWEEN 1 AND 100),
    detail    TEXT    NOT NULL CHECK (length(detail) <= 20000)
);

-- When the next use of a limit would be free: the theoretical arrival time.
CREATE TABLE limits (
    key TEXT    PRIMARY KEY,
    tat INTEGER NOT NULL
);
CREATE INDEX limits_tat ON limits (tat);

CREATE TABLE settings (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    value TEXT    NOT NULL -- JSON
);

CREATE TABLE keys (
    name  TEXT PRIMARY KEY CHECK (length(name) > 0),
    value BLOB NOT NULL CHECK (length(value) = 32)
);
