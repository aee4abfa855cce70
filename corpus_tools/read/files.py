"""Which files to read: folders walked, what they hold told apart by name, in one order on every machine."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from corpus_tools.errors import ReadError
from corpus_tools.read.settings import ReadConfig

# What a name's end says the file is; other files in a folder (pictures, scripts, style sheets) are passed over.
MEDIA_TYPES = {
    **dict.fromkeys((".txt", ".text", ""), "text/plain"),
    **dict.fromkeys((".md", ".markdown"), "text/markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "text/html"),
    **dict.fromkeys((".jsonl", ".ndjson"), "application/jsonl"),
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".parquet": "application/vnd.apache.parquet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".gz": "application/gzip",
    ".zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read and the name its pages go by: its path below the input folder, with forward slashes."""

    path: Path
    doc: str


def find_inputs(paths: Iterable[str | Path], config: ReadConfig | None = None) -> list[Input]:
    """The files to read, sorted by `doc`: named files as they are, folders walked, hidden files passed over.

    A file named directly is taken whatever its name ends in; `read_pages` says what is wrong with it. Raises ReadError
    where a path does not exist or nothing readable is found.
    """
    named = [Path(path) for path in paths]
    found = [(root, item) for root in named for item in _below(root)]
    if not found:
        kinds = " ".join(sorted(end for end in MEDIA_TYPES if end))
        where = ", ".join(str(root) for root in named) or "the list of inputs"
        raise ReadError(f"Nothing to read in {where}. Files that end in {kinds} are read.")
    return sorted(_distinct(found), key=lambda item: (item.doc, str(item.path)))


def media_type(path: PurePath) -> str | None:
    """What the name says the file is; None where it says nothing we know."""
    return MEDIA_TYPES.get(path.suffix.lower())


def printable(name: str) -> str:
    r"""A file's name as text: bytes that are no UTF-8, which old archives leave in names, as \xff."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _below(root: Path) -> Iterator[Input]:
    if not root.exists():
        raise ReadError(f"{root} does not exist. Give the path of a file or folder with scraped pages.")
    if not root.is_dir():
        yield Input(root, printable(root.name))
        return
    for folder, names, files in os.walk(root):  # does not follow links to folders, so it ends
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            path = Path(folder, name)
            if not name.startswith(".") and media_type(path) and path.is_file():
                yield Input(path, printable(path.relative_to(root).as_posix()))


def _distinct(found: list[tuple[Path, Input]]) -> Iterator[Input]:
    """The inputs, each file once; where two folders hold the same name, the folder's name goes before it."""
    first = {item.path.resolve(): (root, item) for root, item in reversed(found)}
    kept = list(first.values())
    names = Counter(item.doc for _, item in kept)
    taken: Counter[str] = Counter()
    for root, item in sorted(kept, key=lambda pair: str(pair[1].path)):
        doc = item.doc
        if names[doc] > 1:
            folder = root if root.is_dir() else root.parent
            doc = f"{folder.resolve().name}/{doc}"
        taken[doc] += 1
        yield item if doc == item.doc else replace(item, doc=doc if taken[doc] == 1 else f"{doc}~{taken[doc]}")
