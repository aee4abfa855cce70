ALTER TABLE inputs ADD COLUMN repeats TEXT NOT NULL DEFAULT '{}';

CREATE TABLE doubts (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    line     TEXT NOT NULL,
    around   TEXT NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
