"""Reviews as lines of JSON, out of one database and into another: reviews are all of it that no run can make again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from corpus_tools.errors import FormatError, ReadError
from corpus_tools.store.reviews import Anchor, Review, Verdict
from corpus_tools.store.slots import SLOTS, Slots, from_json

NEEDS: dict[Verdict, tuple[bool, bool]] = {  # whether it has slots that were found, and right ones
    "accept": (True, True),
    "correct": (True, True),
    "reject": (True, False),
    "missing": (False, True),
}


def row_of(review: Review) -> dict[str, Any]:
    """A review as a line of the layer `reviews`; an orphaned one has neither start nor end."""
    return {
        "doc": review.doc,
        "start": review.span.start if review.span else None,
        "end": review.span.end if review.span else None,
        **review.anchor._asdict(),
        "state": review.state,
        "verdict": review.verdict,
        "found": review.found,
        "right": review.right,
        "by": review.by,
        "when": review.when,
        "note": review.note,
    }


def read_reviews(path: Path) -> Iterator[Review]:
    """The reviews of an exported file, not yet in any place. Raises ReadError and says in which line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"{path} is not UTF-8; give the reviews.jsonl of an export.") from error
    for number, line in enumerate(lines, 1):
        try:
            yield _review(json.loads(line))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise FormatError(f"{path}: line {number} is no review; give the reviews.jsonl of an export.") from error


def _review(row: dict[str, Any]) -> Review:
    words = {name: row[name] for name in ("doc", "before", "quote", "after", "verdict", "by", "when", "note")}
    if not all(isinstance(said, str) for said in words.values()) or not (words["quote"] and words["by"].strip()):
        raise ValueError(row)
    json.dumps(row, ensure_ascii=False).encode()  # half a character cannot be stored
    datetime.fromisoformat(words["when"])
    if words["verdict"] not in get_args(Verdict):
        raise ValueError(words["verdict"])
    found, right = _slots(row["found"]), _slots(row["right"])
    if (found is not None, right is not None) != NEEDS[words["verdict"]]:
        raise ValueError(row)
    anchor = Anchor(words["before"], words["quote"], words["after"])
    made = words["by"], words["when"], words["note"]
    return Review(0, words["doc"], None, anchor, words["verdict"], found, right, *made)


def _slots(said: object) -> Slots | None:
    if said is not None and not isinstance(said, dict):
        raise ValueError(said)
    slots = from_json(json.dumps(said)) if said is not None else None
    if slots is not None and not all(_can_be(name, slots[name]) for name in SLOTS):
        raise ValueError(said)
    return slots


def _can_be(name: str, value: object) -> bool:
    """Whether a slot may hold this."""
    if name == "masked":
        return isinstance(value, bool)
    if name == "value":
        numbers = value if isinstance(value, tuple) else (0, 0 if value is None else value)
        return len(numbers) == 2 and all(
            isinstance(number, int | float) and not isinstance(number, bool) for number in numbers
        )
    return isinstance(value, str) or (value is None and name != "measure")
