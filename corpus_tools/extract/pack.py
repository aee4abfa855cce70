"""A field of policy as data: its words, its measures, and the rules that tell which measure a quantity is.

A pack is a TOML file in `lexicon/packs`. Its rules are regular expressions with three shorthands, so that someone who
knows the field and not the code can read and extend them:

* `{move}` is any word of the list `move` under `[words]` (lists may use other lists);
* `…` is a short gap inside one clause, `……` a longer one that may run over commas;
* `<term>` is any quantity whose unit stands in the list `term` under `[units]`.

A rule looks at the words before the quantity (`before`, which must end at it) and after it (`after`, which must begin
at it), at its clause (`clause`), its sentence (`sentence`) and the headings above it (`heading`); `unless…` forbids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from corpus_tools import lexicon
from corpus_tools.errors import ConfigError
from corpus_tools.extract.needs import Index, Needs, needed, usage

# One private-use character stands for a whole quantity in the text that rules read.
UNITS = (
    *("年", "学年", "学期", "届", "任期", "聘期", "月", "周", "天", "小时", "次", "节"),
    *("%", "人", "元", "倍", "岁", "所", "个", "班", "分", "名额"),
)
MARKS = {unit: chr(0xE000 + place) for place, unit in enumerate(UNITS)}
OTHER_MARK = chr(0xE000 + len(UNITS))
ANY_QUANTITY = f"[{MARKS[UNITS[0]]}-{OTHER_MARK}]"

SHORT_GAP = r"[^，；。：\n]{0,18}?"
LONG_GAP = r"[^；。\n]{0,60}?"
SHORTHAND = re.compile(r"\{(?P<word>[a-z_]+)\}|<(?P<unit>[a-z_]+)>|(?P<long>……)|(?P<short>…)")


@dataclass(frozen=True, slots=True)
class Rule:
    """When a quantity, or a phrase without one, states a measure."""

    id: str
    measure: str | None  # None: the quantity is known to be no fact
    confidence: float
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    clause: re.Pattern[str] | None = None
    sentence: re.Pattern[str] | None = None
    heading: re.Pattern[str] | None = None
    about: re.Pattern[str] | None = None  # the sentence or what stands over it must speak of this
    unless: re.Pattern[str] | None = None
    unless_sentence: re.Pattern[str] | None = None
    phrase: re.Pattern[str] | None = None  # rules without a quantity: the words that state it
    when_op: frozenset[str] = frozenset()  # only for a quantity with one of these comparators
    at_most: float | None = None  # larger values are something else: a fund, not an allowance
    at_least: float | None = None  # smaller values are something else
    once: bool = False  # a phrase that states its measure once a sentence, however many clauses repeat it
    op: Literal["<=", ">=", "=", "<", ">"] | None = None  # where the words around it decide
    needs: Needs = ()  # characters that its sentence must hold
    needs_around: Needs = ()  # characters that its sentence or what stands over it must hold


class RuleList:
    """Rules in the order in which they are tried, found by the characters of a sentence."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.index = Index([rule.needs for rule in rules])

    def that_may_fit(self, letters: frozenset[str], over: str) -> Iterator[Rule]:
        """The rules whose needs are met by a sentence of these characters with `over` standing over it."""
        around: frozenset[str] | None = None
        for number in self.index.possible(letters):
            rule = self.rules[number]
            if rule.needs_around:
                around = around or letters.union(over)
                if any(map(around.isdisjoint, rule.needs_around)):
                    continue
            yield rule


@dataclass(frozen=True, slots=True)
class Pack:
    """One field of policy, ready for use."""

    name: str
    kinds: Mapping[str, str]  # measure -> kind
    genders: frozenset[str]  # measures whose subject names men and women
    with_base: frozenset[str]
    with_per: frozenset[str]
    in_rows: frozenset[str]  # measures that a row of values may repeat without their cue
    topic: re.Pattern[str]
    rules: Mapping[str, RuleList]  # by unit
    phrases: RuleList
    words: Mapping[str, re.Pattern[str]]
    default_subject: str
    usual: tuple[str, ...]  # the default subject as texts also call it

    def rules_for(self, unit: str | None) -> RuleList | None:
        """The rules for a unit; None where the field has none."""
        return self.rules.get(unit or "")


class _Words:
    """The word lists of a pack, with shorthands written out."""

    def __init__(self, name: str, data: Mapping[str, Any]) -> None:
        self.name = name
        self.lists: Mapping[str, list[str]] = data.get("words", {})
        self.units: Mapping[str, list[str]] = data.get("units", {})
        self.common = usage(entry for entries in self.lists.values() for entry in entries)

    def pattern(self, source: str, depth: int = 0) -> str:
        """The regular expression that `source` stands for."""
        if depth > 5:
            raise ConfigError(f"Pack {self.name}: the word lists refer to one another in a circle at {source[:40]!r}.")

        def written_out(match: re.Match[str]) -> str:
            if match["long"]:
                return LONG_GAP
            if match["short"]:
                return SHORT_GAP
            if match["unit"]:
                return "[" + "".join(MARKS.get(unit, OTHER_MARK) for unit in self.units_of(match["unit"])) + "]"
            if match["word"] not in self.lists:
                known = ", ".join(sorted(self.lists))
                raise ConfigError(f"Pack {self.name} has no word list {match['word']!r}. It has: {known}.")
            entries = sorted(self.lists[match["word"]], key=len, reverse=True)
            return "(?:" + "|".join(self.pattern(entry, depth + 1) for entry in entries) + ")"

        return SHORTHAND.sub(written_out, source)

    def units_of(self, group: str) -> list[str]:
        """The units of a group."""
        if group not in self.units:
            raise ConfigError(f"Pack {self.name} has no unit group {group!r}. It has: {', '.join(sorted(self.units))}.")
        return list(self.units[group])


def _rule(words: _Words, data: Mapping[str, Any]) -> Rule:
    def compiled(key: str, shape: str = "{}") -> re.Pattern[str] | None:
        return re.compile(shape.format(words.pattern(data[key]))) if key in data else None

    shapes = {key: compiled(key) for key in ("after", "clause", "sentence", "heading", "about", "phrase")}
    shapes["before"] = compiled("before", r"(?:{})\Z")
    inside = [shapes[key] for key in ("before", "after", "clause", "phrase")]
    around = [shapes[key] for key in ("sentence", "heading", "about")]
    return Rule(
        id=data["id"],
        measure=data.get("measure"),
        confidence=float(data.get("confidence", 0.8)),
        before=shapes["before"],
        after=shapes["after"],
        clause=shapes["clause"],
        sentence=shapes["sentence"],
        heading=shapes["heading"],
        about=shapes["about"],
        unless=compiled("unless"),
        unless_sentence=compiled("unless_sentence"),
        phrase=shapes["phrase"],
        when_op=frozenset(data.get("when_op", ())),
        at_most=data.get("at_most"),
        at_least=data.get("at_least"),
        once=bool(data.get("once", False)),
        op=data.get("op"),
        needs=needed(inside, words.common),
        needs_around=needed(around, words.common),
    )


@cache
def load_pack(name: str) -> Pack:
    """The pack `lexicon/packs/NAME.toml`. Raises ConfigError where it is missing or refers to what it does not have."""
    try:
        data = lexicon.table(f"packs/{name}.toml")
    except FileNotFoundError:
        raise ConfigError(f"There is no fact pack {name!r} in lexicon/packs.") from None
    words = _Words(name, data)
    by_unit: dict[str, list[Rule]] = {}
    for entry in data.get("rule", ()):
        rule = _rule(words, entry)
        if rule.measure is not None and rule.measure not in data["measures"]:
            raise ConfigError(f"Pack {name}: rule {rule.id} is for {rule.measure!r}, which [measures] does not name.")
        for unit in words.units_of(entry["unit"]):
            by_unit.setdefault(unit, []).append(rule)
    return Pack(
        name=name,
        kinds=dict(data["measures"]),
        genders=frozenset(data["pack"].get("with_gender", ())),
        with_base=frozenset(data["pack"].get("with_base", ())),
        with_per=frozenset(data["pack"].get("with_per", ())),
        in_rows=frozenset(data["pack"].get("in_rows", ())),
        topic=re.compile(words.pattern("{topic}")),
        rules={unit: RuleList(rules) for unit, rules in by_unit.items()},
        phrases=RuleList([_rule(words, entry) for entry in data.get("phrase", ())]),
        words={key: re.compile(words.pattern("{" + key + "}")) for key in words.lists},
        default_subject=data["pack"]["default_subject"],
        usual=tuple(words.lists.get("usual", ())),
    )
