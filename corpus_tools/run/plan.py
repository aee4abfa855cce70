"""What a run has to do: which files are new or changed, which have moved, which are gone."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Literal, NamedTuple

from corpus_tools.config import Config
from corpus_tools.read import Input
from corpus_tools.store import Database, StoredInput
from corpus_tools.strip.repeats import Sighting, repeated

Stage = Literal["checking", "reading", "rereading", "comparing"]


class Progress(NamedTuple):
    """How far a run has come: `done` of `total` files in this stage, `doc` the last one."""

    stage: Stage
    done: int
    total: int
    doc: str = ""


@dataclass(slots=True)
class File:
    """A file to be read."""

    item: Input
    sha256: str | None
    settings: str  # digest of all that decides what its pages become ...
    repeats: dict[str, str] = field(
        default_factory=dict
    )  # ... but for these: lines that go as they repeat across its folder, and why
    number: int = 0  # in the database
    parts: int = 0  # that are in already: a run was stopped there
    sound: bool = True  # False where the next run should try again


class Plan(NamedTuple):
    """What is to be done, in the order of the docs."""

    work: list[File]
    moved: list[Input]  # as they were, elsewhere
    gone: list[str]  # docs of stored files that have vanished
    given: list[Input]


def plan_of(
    database: Database,
    found: list[Input],
    roots: Sequence[str | Path],
    config: Config,
    tell: Callable[[Progress], None],
) -> Plan:
    """Which files are new or changed, moved, or gone."""
    stored = database.inputs()
    items = _named(found, stored)
    settings = config.page_digest()
    plan = Plan([], [], _gone(stored, items, roots), items)
    for number, item in enumerate(items, 1):
        before = stored.get(item.doc)
        digest = _sha256(item.path)
        if before is None or (before.sha256, before.settings) != (digest, settings):
            plan.work.append(File(item, digest, settings))
        elif not before.done:
            going_on = not before.repeats  # what repeats may have changed since
            plan.work.append(File(item, digest, settings, {}, before.id, before.parts if going_on else 0))
        elif before.path != item.path:
            plan.moved.append(item)
        tell(Progress("checking", number, len(items), item.doc))
    return plan


def unsettled(database: Database, items: Iterable[Input], config: Config) -> list[File]:
    """Files of which other lines repeat across their folder now than when they were stored.

    A folder is where files lie; a file of many pages is one by itself.
    """
    stored, pages = database.inputs(), database.page_counts()
    folder_of = {doc: doc if count > 1 else str(stored[doc].path.parent) for doc, count in pages.items()}
    sizes: Counter[str] = Counter()
    for doc, count in pages.items():
        sizes[folder_of[doc]] += count
    doubts = list(database.doubts())
    going = repeated(
        (Sighting(folder_of[doc], page, doubt) for doc, page, doubt in doubts), sizes, config.strip.repeats
    )
    repeats: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for doc, _, doubt in doubts:
        if why := going.get(folder_of[doc], {}).get(doubt.line):
            repeats[doc][doubt.line] = why
    return [
        File(item, before.sha256, before.settings, repeats[item.doc])
        for item in items
        if (before := stored.get(item.doc)) and before.done and before.repeats != repeats[item.doc]
    ]


def _named(found: Iterable[Input], stored: dict[str, StoredInput]) -> list[Input]:
    """The inputs under the names they go by in this database, in the order of those.

    A file keeps its name when the next run is given another folder above it. A name that another file, which is still
    there, goes by already gets the folder's name before it.
    """
    doc_of = {before.path: doc for doc, before in stored.items()}
    items = []
    taken = set()
    for item in found:
        path = _plain(item.path)
        doc = doc_of.get(path, item.doc)
        while doc in taken or (path not in doc_of and doc in stored and _another(stored[doc].path, path)):
            doc = f"{path.parent.name}/{doc}" if not doc.startswith(f"{path.parent.name}/") else f"{doc}~"
        taken.add(doc)
        items.append(Input(path, doc))
    return sorted(items, key=lambda item: item.doc)


def _plain(path: str | Path) -> Path:
    """The path from the root, without `..`; links stay, so that a linked file counts as lying where the link does."""
    return Path(os.path.abspath(path))  # noqa: PTH100  Path.resolve() would follow the links


def _another(before: Path, now: Path) -> bool:
    """Whether the file stored is still there and is not this one under another name."""
    return before.exists() and not before.samefile(now)


def _gone(stored: dict[str, StoredInput], items: Iterable[Input], roots: Sequence[str | Path]) -> list[str]:
    """The stored files that stood below one of the folders given and stand there no more."""
    here = {item.doc for item in items}
    folders = [_plain(root) for root in roots if Path(root).is_dir()]
    return [
        doc
        for doc, before in stored.items()
        if doc not in here and any(before.path.is_relative_to(folder) for folder in folders)
    ]


def _sha256(path: Path) -> str | None:
    """The file's digest; None where it cannot be read, which reading will explain."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
