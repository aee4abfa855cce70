"""The error tree; every message says what to do next.

CorpusToolsError
├── EditError          an edit that does not fit the text it is made on
├── ConfigError        a setting that is unknown or out of range: stops at once, before any work is done
├── ReadError          an input that cannot be read
│   ├── DecodeError    bytes in no encoding we know
│   └── FormatError    a file that is broken, empty, too large or of a kind we do not read
├── DatabaseError      a database that is locked, foreign, too new or lacks what was asked for
├── OutputError        a file that cannot be written
├── ModelError         a model that is missing or does not match its checksum
└── MissingExtraError  an optional package that is not installed
"""

from __future__ import annotations


class CorpusToolsError(Exception):
    """Anything this package raises on purpose."""


class EditError(CorpusToolsError):
    """An edit that does not fit the text it is made on."""


class ConfigError(CorpusToolsError):
    """A setting that is unknown or out of range."""


class ReadError(CorpusToolsError):
    """An input that cannot be read."""


class DecodeError(ReadError):
    """Bytes in no encoding we know."""


class FormatError(ReadError):
    """A file that is broken, empty, too large or of a kind we do not read."""


class DatabaseError(CorpusToolsError):
    """A database that is locked, foreign, too new or lacks what was asked for."""


class OutputError(CorpusToolsError):
    """A file that cannot be written."""


class ModelError(CorpusToolsError):
    """A model that is missing or does not match its checksum."""


class MissingExtraError(CorpusToolsError):
    """An optional package that is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs an optional package: pip install 'corpus-tools[{extra}]'")
