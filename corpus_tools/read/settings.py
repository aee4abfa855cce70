"""What to read and how much of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """Settings of the first room: which encoding, which field of a table, and the limits hostile input meets."""

    encoding: str = field(default="auto", metadata={"help": "encoding of every text file; auto looks at the bytes"})
    text_field: str = field(default="", metadata={"help": "text column of jsonl, csv, parquet (else text, content …)"})
    main_text: bool = field(default=True, metadata={"help": "of an HTML page keep the main text, not menus and lists"})
    max_file_mb: int = field(default=64, metadata={"help": "larger files are listed as failed and not read"})
    max_unpacked_mb: int = field(default=256, metadata={"help": "limit for what one gz, zip or docx unpacks to"})
    max_page_chars: int = field(default=5_000_000, metadata={"help": "longer pages are listed as failed"})
    max_rows: int = field(default=1_000_000, metadata={"help": "rows read from one jsonl, csv or parquet file"})
