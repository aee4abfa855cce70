"""The slots of a fact by name: as a reviewer gives them, as JSON, and whether two readings agree."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from math import isclose
from typing import cast, get_args

from corpus_tools import lexicon
from corpus_tools.errors import ConfigError
from corpus_tools.records import Fact, Modality, Op, Value
from corpus_tools.store.fold import fold

SlotValue = str | float | bool | tuple[float, float] | None
Slots = Mapping[str, SlotValue]

SLOTS = (
    "kind",
    "measure",
    "subject",
    "op",
    "value",
    "unit",
    "per",
    "base",
    "modality",
    "province",
    "city",
    "county",
    "masked",
)
WORDS = frozenset({"subject", "base"})  # in the words of the page: a reader may quote more of them or fewer
EMPTY = frozenset({"", "-", "null", "none"})  # how a reviewer says that a slot holds nothing
TRUTH = {"true": True, "yes": True, "false": False, "no": False}
NOTHING_YET: Slots = dict.fromkeys(SLOTS) | {"modality": "required", "masked": False}


def slots_of(fact: Fact) -> Slots:
    """The slots of a fact, in the order of the labelling guide."""
    return {name: getattr(fact, name) for name in SLOTS}


def to_json(slots: Slots | None) -> str | None:
    return None if slots is None else json.dumps(slots, ensure_ascii=False)


def from_json(said: str | None) -> Slots | None:
    if said is None:
        return None
    slots = json.loads(said)
    return {name: _pair(slots.get(name)) for name in SLOTS}


def _pair(value: SlotValue | list[float]) -> SlotValue:
    return cast(SlotValue, tuple(value)) if isinstance(value, list) else value


@cache
def kinds() -> dict[str, str]:
    """The kind of each measure in all packs of the lexicon."""
    packs = sorted(entry.name for entry in files(lexicon).joinpath("packs").iterdir() if entry.name.endswith(".toml"))
    return {measure: kind for name in packs for measure, kind in lexicon.table(f"packs/{name}")["measures"].items()}


def changed(slots: Slots, said: Mapping[str, str]) -> Slots:
    """`slots` with what a reviewer said in place; the rest follows as the labelling guide has it.

    A new measure brings its kind, a range its `between`; without a value there is neither comparator nor unit. Raises
    ConfigError where a slot is unknown, a value cannot be read or something is left out.
    """
    given = {name: _parsed(name, words.strip()) for name, words in said.items()}
    if given.get("measure") and "kind" not in given:
        given["kind"] = _kind_of(str(given["measure"]))
    result = {**slots, **given}
    if not result["measure"]:
        raise ConfigError(f"Say what is measured: measure=NAME. Measures: {', '.join(kinds())}.")
    if result["masked"] or result["value"] is None:
        if given.get("masked") and given.get("value") is not None:
            raise ConfigError("A hidden value cannot be known: give masked=true or value=…, not both.")
        return result | {"value": None, "op": None, "unit": None}
    if result["unit"] is None:
        raise ConfigError("A value needs its unit: unit=年, unit=%, unit=元 …")
    return result | {"op": _op(result["op"], isinstance(result["value"], tuple))}


def _op(op: SlotValue, is_range: bool) -> SlotValue:
    if is_range:
        return "between"
    return "=" if op in (None, "between") else op


def _kind_of(measure: str) -> str:
    if measure not in kinds():
        raise ConfigError(f"No pack knows the measure {measure!r}; give its kind=… too. Known: {', '.join(kinds())}.")
    return kinds()[measure]


def _parsed(name: str, said: str) -> SlotValue:
    if name not in SLOTS:
        raise ConfigError(f"There is no slot {name!r}. Slots: {', '.join(SLOTS)}.")
    if name in PARSERS:
        return PARSERS[name](said)
    return None if said.lower() in EMPTY else said


def _value(said: str) -> Value:
    """
    >>> _value("6"), _value("1.5-3"), _value("-")
    (6, (1.5, 3), None)
    """
    if said.lower() in EMPTY:
        return None
    try:
        low, *high = [_number(part) for part in said.strip("[]").replace(",", "-").split("-")]
    except ValueError:
        raise ConfigError(f"{said!r} is no value. Write 6, 1.5, 1.5-3 for a range, or - for none.") from None
    if not high:
        return low
    if len(high) > 1 or high[0] <= low:
        raise ConfigError(f"{said!r} is no range. Write the lower bound, a dash, the upper one: 1.5-3.")
    return low, high[0]


def _number(said: str) -> float:
    number = float(said)
    if not isclose(number, number):  # nan; infinity is caught by int() below
        raise ValueError(said)
    try:
        return int(number) if number == int(number) else number
    except OverflowError as error:
        raise ValueError(said) from error


def _op_said(said: str) -> SlotValue:
    if said.lower() in EMPTY:
        return None
    return _one_of("op", said, get_args(Op))


def _one_of(name: str, said: str, known: tuple[str, ...]) -> str:
    if said not in known:
        raise ConfigError(f"{said!r} is no {name}. Write one of: {'  '.join(known)}")
    return said


def _masked(said: str) -> bool:
    return TRUTH[_one_of("answer to masked", said.lower(), tuple(TRUTH))]


PARSERS: dict[str, Callable[[str], SlotValue]] = {
    "value": _value,
    "op": _op_said,
    "modality": lambda said: _one_of("modality", said, get_args(Modality)),
    "masked": _masked,
}


def differences(before: Slots, after: Slots) -> Slots:
    """The slots of `after` that are not as in `before`."""
    return {name: after[name] for name in SLOTS if not _equal(before[name], after[name])}


def same(a: Slots, b: Slots) -> bool:
    """Whether two readings say the same in every slot, in whichever script."""
    return all(_equal(a[name], b[name]) for name in SLOTS)


def agrees(name: str, a: Slots, b: Slots) -> bool:
    """Whether one slot agrees: words of the page when either holds the other, the rest when equal."""
    one, other = a[name], b[name]
    if name in WORDS and isinstance(one, str) and isinstance(other, str):
        one, other = _folded(one), _folded(other)
        return one in other or other in one
    return _equal(one, other)


def same_quantity(a: Slots, b: Slots) -> bool:
    """Whether measure, value and unit agree; readings without a value agree whatever the unit."""
    if a["measure"] != b["measure"] or not _equal(a["value"], b["value"]):
        return False
    return a["value"] is None or _equal(a["unit"], b["unit"])


def _equal(one: SlotValue, other: SlotValue) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _folded(one) == _folded(other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(isclose(x, y) for x, y in zip(one, other, strict=True))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return isclose(one, other)
    return one == other


def _folded(text: str) -> str:
    return "".join(fold(text).split())
