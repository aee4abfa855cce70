"""Copies among the rows of a JSON Lines file, by the user's own ids, written as JSON Lines.

The file is read in blocks by as many processes as asked for, and is never held in memory as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from json.encoder import encode_basestring as quoted
from pathlib import Path
from typing import NamedTuple, TextIO, overload

import numpy as np

from corpus_tools.dedupe.clusters import Group
from corpus_tools.dedupe.config import DedupeConfig
from corpus_tools.dedupe.fast import json_reader
from corpus_tools.dedupe.find import Links, chiefs_of, clusters_of, links, passages_of
from corpus_tools.dedupe.fold import Places
from corpus_tools.dedupe.search import Batch, Found, search
from corpus_tools.dedupe.verify import RELATIONS, SHARES
from corpus_tools.errors import FormatError, ReadError

BLOCK = 2_000_000  # bytes of the file read at a time


class Written(NamedTuple):
    """What `dedupe_jsonl` wrote."""

    texts: int
    pairs: int
    passages: int
    clusters: int
    kept: int  # texts that are no copy of one before them


@dataclass(frozen=True, slots=True)
class Lines:
    """A block of whole lines of a file."""

    path: Path
    start: int
    end: int
    text_field: str
    id_field: str

    def load(self) -> Batch:
        """The texts of the block, with the ids and the places of their lines."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            data = file.read(self.end - self.start)
        lines = data.split(b"\n")
        starts = self.start + np.cumsum([0, *(len(line) + 1 for line in lines)])[:-1]
        full = [bool(line.strip()) for line in lines]
        lines, starts = list(compress(lines, full)), starts[full]
        return Batch(*self.rows(lines, starts.tolist()), starts)

    def rows(self, lines: Sequence[bytes], starts: Sequence[int]) -> tuple[list[str], list[str | int]]:
        """Texts and ids of some lines; where in the file each begins is for whoever has to be told of it."""
        try:
            rows = list(map(json_reader(), lines))
            texts, names = [row[self.text_field] for row in rows], [row[self.id_field] for row in rows]
            if {*map(type, texts)} <= {str} and {*map(type, names)} <= {str, int}:
                return texts, names
        except (ValueError, TypeError, KeyError, RecursionError):
            pass
        found = list(map(self._row_or_reason, lines, starts))
        return [text for text, _ in found], [name for _, name in found]

    def _row_or_reason(self, line: bytes, at: int) -> tuple[str, str | int]:
        """Text and id of one line, with the reason where it has none."""
        try:
            row = json.loads(line)
            text, name = row[self.text_field], row[self.id_field]
        except (ValueError, TypeError, RecursionError) as error:
            raise FormatError(f"{self.path.name}: the line at byte {at:,} is not a JSON object ({error}).") from None
        except KeyError as error:
            raise FormatError(
                f"{self.path.name}: the line at byte {at:,} has no field {error}; it has {', '.join(map(str, row))}. "
                "Name the fields with --text-field and --id-field."
            ) from None
        if not isinstance(text, str) or not isinstance(name, str | int):
            raise FormatError(f"{self.path.name}: the line at byte {at:,} has a text or an id that is no string.")
        return text, name


class JsonLines(Sequence[str]):
    """The texts of a JSON Lines file by number, each read when it is asked for."""

    def __init__(self, path: Path, text_field: str, id_field: str) -> None:
        self._lines = Lines(path, 0, 0, text_field, id_field)
        self.names: list[str | int] = []
        self._starts: list[Places] = []
        self.starts: Places = np.empty(0, np.int64)
        self._size = path.stat().st_size
        self._file = path.open("rb", buffering=0)

    def blocks(self) -> Iterator[Lines]:
        """The file cut at line ends."""
        size, start = self._size, 0
        with self._lines.path.open("rb") as file:
            while start < size:
                file.seek(min(start + BLOCK, size))
                file.readline()
                end = file.tell()
                yield replace(self._lines, start=start, end=end)
                start = end

    def note(self, batch: Batch) -> None:
        """Take down ids and places of a block, in the order of the file."""
        self.names += batch.names
        self._starts.append(batch.starts)

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def __len__(self) -> int:
        return len(self.names)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if len(self.starts) != len(self.names) + 1:
            self.starts = np.concatenate([*self._starts, np.array([self._size], np.int64)])
        start, end = self.starts[index : index + 2].tolist()
        self._file.seek(start)
        line = self._file.read(end - start).partition(b"\n")[0]
        return self._lines.rows([line], [start])[0][0]


def dedupe_jsonl(
    path: Path | str,
    out_dir: Path | str,
    text_field: str = "text",
    id_field: str = "id",
    config: DedupeConfig = DedupeConfig(passages=False),  # noqa: B008
) -> Written:
    """Write pairs.jsonl, clusters.jsonl, keep.jsonl and, where the config asks for them, passages.jsonl to a folder.

    Ids are the user's. `keep.jsonl` has one row for each text in the order of the file: `id`, `keep`, and for what need
    not be kept `copy_of`. `config.min_part` bears on pairs.jsonl alone. Raises FormatError for a file with other rows
    than JSON objects with both fields.
    """
    path, out = Path(path), Path(out_dir)
    if not path.is_file():
        raise ReadError(f"{path}: no such file.")
    out.mkdir(parents=True, exist_ok=True)
    texts = JsonLines(path, text_field, id_field)
    try:
        # a Chinese character takes three bytes
        found = search(texts.blocks(), path.stat().st_size // 3, config, texts.note)
        ids = [quoted(name) if isinstance(name, str) else json.dumps(name) for name in texts.names]
        chiefs = chiefs_of(texts, found)
        linked = links(found, chiefs, config)
        groups = list(clusters_of(found, chiefs))
        pairs = _write_pairs(out / "pairs.jsonl", found, linked, ids, config.min_part)
        passages = _write_passages(out / "passages.jsonl", texts, found, linked, ids) if config.passages else 0
        _write_clusters(out / "clusters.jsonl", groups, ids)
        kept = _write_keep(out / "keep.jsonl", groups, ids)
    finally:
        texts.close()
    return Written(len(ids), pairs, passages, len(groups), kept)


def _written(path: Path) -> TextIO:
    """A file to write JSON to; half a character, which an id may have, is written as JSON escapes it."""
    return path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")


def _write_pairs(path: Path, found: Found, linked: Links, ids: list[str], min_part: float) -> int:
    scores = linked.scores(found.verified)
    listed = (scores[2] != SHARES) | (scores[1] >= min_part)
    jaccard, containment = ((column[listed] * 10_000).round().astype(np.int64).tolist() for column in scores[:2])
    a, b, relation = (column[listed].tolist() for column in (linked.a, linked.b, scores[2]))
    # three strings are put together for each row, of which there may be millions: nothing is formatted twice
    share = [f"{i / 10_000:.4f}" for i in range(10_001)]
    ending = [f', "relation": "{relation}"}}\n' for relation in RELATIONS]
    with _written(path) as file:
        file.writelines(
            f'{{"a": {ids[x]}, "b": {ids[y]}, "jaccard": {share[j]}, "containment": {share[c]}{ending[r]}'
            for x, y, j, c, r in zip(a, b, jaccard, containment, relation, strict=True)
        )
    return int(listed.sum())


def _write_passages(path: Path, texts: JsonLines, found: Found, linked: Links, ids: list[str]) -> int:
    count = 0
    with _written(path) as file:
        for a, b, i, j, k, m in passages_of(texts, found, linked):
            file.write(
                f'{{"a": {ids[a]}, "b": {ids[b]}, "a_start": {i}, "a_end": {j}, "b_start": {k}, "b_end": {m}}}\n'
            )
            count += 1
    return count


def _write_clusters(path: Path, groups: list[Group], ids: list[str]) -> None:
    with _written(path) as file:
        for group in groups:
            members = ", ".join(ids[text] for text in group.members)
            file.write(f'{{"representative": {ids[group.representative]}, "members": [{members}]}}\n')


def _write_keep(path: Path, groups: list[Group], ids: list[str]) -> int:
    copy_of = {text: group.representative for group in groups for text in group.members if text != group.representative}
    with _written(path) as file:
        for text, name in enumerate(ids):
            source = f', "copy_of": {ids[copy_of[text]]}' if text in copy_of else ""
            file.write(f'{{"id": {name}, "keep": {"false" if source else "true"}{source}}}\n')
    return len(ids) - len(copy_of)
