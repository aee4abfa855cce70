-- The index of copies is kept, so that one more page does not compare all with all.
CREATE TABLE copies (
    essay INTEGER UNIQUE REFERENCES essays (id) ON DELETE SET NULL,
    text  INTEGER NOT NULL
);
CREATE INDEX copies_text ON copies (text);
