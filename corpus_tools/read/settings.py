"""What to read and how much of it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from corpus_tools.errors import ConfigError


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """Settings of the first room: which encoding, which field of a table, and the limits hostile input meets."""

    encoding: str = field(default="auto", metadata={"help": "encoding of every text file; auto looks at the bytes"})
    text_field: str = field(default="", metadata={"help": "text column of jsonl, csv, parquet (else text, content …)"})
    main_text: bool = field(default=True, metadata={"help": "of an HTML page keep the main text, not menus and lists"})
    max_file_mb: int = field(default=256, metadata={"help": "larger files are listed as failed and not read"})
    max_unpacked_mb: int = field(default=512, metadata={"help": "limit for what one gz, zip or docx unpacks to"})
    max_page_chars: int = field(default=5_000_000, metadata={"help": "longer pages are listed as failed"})
    max_rows: int = field(default=1_000_000, metadata={"help": "rows read from one jsonl, csv or parquet file"})

    def __post_init__(self) -> None:
        """Raise ConfigError before any file is read."""
        try:
            known = self.encoding == "auto" or len(b"text".decode(self.encoding, "ignore")) <= 4
        except LookupError:
            known = False
        if not known:
            raise ConfigError(f"encoding: none is called {self.encoding!r}. Try auto, utf-8, gb18030 or big5hkscs.")
        for limit in fields(self):
            value = getattr(self, limit.name)
            if limit.name.startswith("max_") and value < 1:
                raise ConfigError(f"{limit.name}: {value} leaves nothing to read. Give 1 or more.")
