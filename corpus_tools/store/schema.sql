-- corpus.db, version 2. Everything corpus_tools finds and people say of it; every other output can be made from it.
--
-- Positions count Unicode code points, half-open, from 0. `start`/`end` are in the page's clean text
-- (documents.clean), `raw_start`/`raw_end` in its raw text (documents.raw); byte_… positions count bytes of the file.
-- Whatever belongs to a page goes when the page goes (ON DELETE CASCADE), except its rows in the two full-text indexes,
-- which hold no text of their own and are taken out by store/write.py.

-- One row per file that was given, read or not.
CREATE TABLE inputs (
    id       INTEGER PRIMARY KEY,
    doc      TEXT NOT NULL UNIQUE,    -- path below the input folder
    path     TEXT NOT NULL,           -- where the file stood when it was read
    sha256   TEXT,                    -- of its bytes; null where they could not be read
    settings TEXT NOT NULL,           -- digest of all that decides what a page becomes, but for `repeats`
    parts    INTEGER NOT NULL,        -- how many parts of a large file are in, so that a stopped run goes on there
    done     INTEGER NOT NULL,        -- 1 when all its pages are in
    repeats  TEXT NOT NULL DEFAULT '{}' -- lines taken out because they repeat across its folder, and why; JSON
);

-- One row per page: one for most files, one per row of a JSON Lines file (doc is then `file.jsonl#12`).
CREATE TABLE documents (
    id              INTEGER PRIMARY KEY,
    input           INTEGER NOT NULL REFERENCES inputs (id) ON DELETE CASCADE,
    doc             TEXT NOT NULL UNIQUE,
    sha256          TEXT NOT NULL,    -- of the whole file
    encoding        TEXT NOT NULL,
    media_type      TEXT NOT NULL,
    byte_start      INTEGER NOT NULL, -- where the raw text begins in the file
    byte_length     INTEGER NOT NULL,
    title           TEXT,
    site            TEXT,
    address         TEXT,
    date            TEXT,
    document_number TEXT,
    issuing_body    TEXT,
    raw             TEXT NOT NULL,    -- the decoded text of the file as it stands
    clean           TEXT NOT NULL     -- raw with `edits` applied
);
CREATE INDEX documents_input ON documents (input);

-- Every change that leads from raw to clean, in raw positions. `parts`: the single edits, oldest first, of which later
-- steps made this one, as JSON [[start, end, replacement, kind, note], …].
CREATE TABLE edits (
    document    INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    raw_start   INTEGER NOT NULL,
    raw_end     INTEGER NOT NULL,
    replacement TEXT NOT NULL,
    kind        TEXT NOT NULL,
    note        TEXT NOT NULL,
    parts       TEXT,
    PRIMARY KEY (document, raw_start)
) WITHOUT ROWID;

-- Hidden or lost text that is shown and left as it stands.
CREATE TABLE marks (
    document  INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    raw_start INTEGER NOT NULL,
    raw_end   INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    note      TEXT NOT NULL,
    PRIMARY KEY (document, raw_start, raw_end, kind, note)
) WITHOUT ROWID;

-- Lines that may be the site's, with digests of the lines around them: they go where many pages of a folder have them.
CREATE TABLE doubts (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    line     TEXT NOT NULL,
    around   TEXT NOT NULL,           -- separated by spaces
    PRIMARY KEY (document, number)
) WITHOUT ROWID;

CREATE TABLE essays (
    id        INTEGER PRIMARY KEY,
    document  INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    essay     INTEGER NOT NULL,       -- from 1 in each page
    heading   TEXT NOT NULL,          -- clean
    start     INTEGER NOT NULL,
    end       INTEGER NOT NULL,
    raw_start INTEGER NOT NULL,
    raw_end   INTEGER NOT NULL,
    folded    TEXT NOT NULL,          -- its clean text, folded for searching, character for character
    UNIQUE (document, essay)
);

CREATE TABLE sections (
    essay     INTEGER NOT NULL REFERENCES essays (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL,       -- from 1 in each essay
    level     INTEGER NOT NULL,
    marker    TEXT NOT NULL,
    title     TEXT NOT NULL,          -- clean
    start     INTEGER NOT NULL,
    end       INTEGER NOT NULL,
    raw_start INTEGER NOT NULL,
    raw_end   INTEGER NOT NULL,
    PRIMARY KEY (essay, number)
) WITHOUT ROWID;

-- Two essays that share text; a stands before b in the order of doc and essay.
CREATE TABLE pairs (
    a           INTEGER NOT NULL REFERENCES essays (id) ON DELETE CASCADE,
    b           INTEGER NOT NULL REFERENCES essays (id) ON DELETE CASCADE,
    relation    TEXT NOT NULL,        -- near_duplicate, contains_a, contains_b, shares_passage
    containment REAL NOT NULL,
    jaccard     REAL NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX pairs_b ON pairs (b);

-- A run of text that two essays share; positions in the clean text of the essays' pages.
CREATE TABLE passages (
    a       INTEGER NOT NULL REFERENCES essays (id) ON DELETE CASCADE,
    b       INTEGER NOT NULL REFERENCES essays (id) ON DELETE CASCADE,
    a_start INTEGER NOT NULL,
    a_end   INTEGER NOT NULL,
    b_start INTEGER NOT NULL,
    b_end   INTEGER NOT NULL,
    PRIMARY KEY (a, b, a_start, b_start, a_end, b_end)
) WITHOUT ROWID;
CREATE INDEX passages_b ON passages (b);

-- Essays that are one text. `cluster` is the id of the representative essay.
CREATE TABLE clusters (
    essay   INTEGER PRIMARY KEY REFERENCES essays (id) ON DELETE CASCADE,
    cluster INTEGER NOT NULL REFERENCES essays (id) ON DELETE CASCADE
);
CREATE INDEX clusters_cluster ON clusters (cluster);

-- Which text of the index of copies (dedupe/index.py, which makes tables of its own) each essay is; -1: it folds to
-- nothing. `essay` is null where it has gone since copies were last looked for; an essay without a row is new.
CREATE TABLE copies (
    essay INTEGER UNIQUE REFERENCES essays (id) ON DELETE SET NULL,
    text  INTEGER NOT NULL
);
CREATE INDEX copies_text ON copies (text);

CREATE TABLE facts (
    row           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE, -- the same for the same fact of the same doc in every database
    essay         INTEGER NOT NULL REFERENCES essays (id) ON DELETE CASCADE,
    kind          TEXT NOT NULL,
    measure       TEXT NOT NULL,
    subject       TEXT,
    op            TEXT,
    value         ,                     -- the number, or the lower one of `between`; whole numbers stay whole
    value_high    ,
    unit          TEXT,
    per           TEXT,
    base          TEXT,
    modality      TEXT NOT NULL,
    province      TEXT,
    city          TEXT,
    county        TEXT,
    masked        INTEGER NOT NULL,
    confidence    REAL,
    reason        TEXT NOT NULL,
    quoted_from   TEXT,
    start         INTEGER NOT NULL,
    end           INTEGER NOT NULL,
    raw_start     INTEGER NOT NULL,
    raw_end       INTEGER NOT NULL,
    quote         TEXT NOT NULL,        -- the clean slice
    raw_quote     TEXT NOT NULL,        -- the raw slice
    byte_start    INTEGER,              -- of the raw slice, in the file
    byte_end      INTEGER,
    slots         TEXT NOT NULL,        -- which words filled each slot, as JSON [[slot, start, end], …]
    context_start INTEGER NOT NULL,     -- the sentence around it
    context_end   INTEGER NOT NULL,
    folded        TEXT NOT NULL,        -- sentence, subject and base, a line each, folded for searching
    evidence      TEXT NOT NULL         -- facts with one `evidence` are one piece of evidence: the first one's id
);
CREATE INDEX facts_essay ON facts (essay);
CREATE INDEX facts_measure ON facts (measure, province);
CREATE INDEX facts_evidence ON facts (evidence);

-- What people said of facts. These rows are the only ones that no run can make again: they stay when their page goes.
-- A review stands where `before` || `quote` || `after` stands in the raw text of `doc`, if it stands there once; set by
-- store/reviews.py whenever the page is stored.
CREATE TABLE reviews (
    id        INTEGER PRIMARY KEY,
    doc       TEXT NOT NULL,
    document  INTEGER REFERENCES documents (id) ON DELETE SET NULL, -- null: orphaned
    raw_start INTEGER NOT NULL,       -- of the quote; where it last stood when orphaned
    raw_end   INTEGER NOT NULL,
    before    TEXT NOT NULL,          -- raw
    quote     TEXT NOT NULL,          -- raw
    after     TEXT NOT NULL,          -- raw
    measure   TEXT NOT NULL,          -- as it was judged
    verdict   TEXT NOT NULL CHECK (verdict IN ('accept', 'correct', 'reject', 'missing')),
    found     TEXT,                   -- the slots that were judged, as JSON; null for `missing`
    slots     TEXT,                   -- the right slots, as JSON; null for `reject`
    reviewer  TEXT NOT NULL,
    reviewed  TEXT NOT NULL,          -- UTC, ISO 8601
    note      TEXT NOT NULL
);
CREATE INDEX reviews_doc ON reviews (doc);
CREATE INDEX reviews_document ON reviews (document);

-- Inputs and pages that were passed over, and why.
CREATE TABLE failures (
    input  INTEGER NOT NULL REFERENCES inputs (id) ON DELETE CASCADE,
    doc    TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (input, doc)
) WITHOUT ROWID;

-- What is known of the corpus as a whole. `linked`: digest of the settings with which copies and evidence were last
-- looked for; absent while they wait to be looked for again. `index`: with which the index of copies was made.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE runs (
    id       INTEGER PRIMARY KEY,
    started  TEXT NOT NULL,           -- UTC
    finished TEXT,                    -- null: was stopped
    summary  TEXT                     -- JSON
);

-- Full-text indexes on the stock tokenizer. One token per character of `folded`: that character with the next one
-- (the last alone). A word of two or more characters is a phrase of its pairs, a single character a prefix; both are
-- exact. Characters that unicode61 would drop or fold stand as two private-use characters each. See store/fold.py.
-- Contentless, since `folded` stands above; rowid is essays.id, facts.row. prefix = '1' makes a frequent single character
-- five times as fast to look up for half as much index again.
CREATE VIRTUAL TABLE essay_index USING fts5 (
    tokens, content = '', tokenize = 'unicode61 remove_diacritics 0', prefix = '1'
);
CREATE VIRTUAL TABLE fact_index USING fts5 (tokens, content = '', tokenize = 'unicode61 remove_diacritics 0');
