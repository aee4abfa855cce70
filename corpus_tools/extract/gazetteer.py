"""The divisions of China by code and by every form their names are written in, from lexicon/places.tsv."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from corpus_tools import lexicon

_MUNICIPALITIES: Final = frozenset({"11", "12", "31", "50"})


class Area(NamedTuple):
    """Where something applies, in standard names; None for what is not known."""

    province: str | None = None
    city: str | None = None
    county: str | None = None


NOWHERE: Final = Area()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names to keys; a key is code, tab, name, for one code may have borne several names."""

    names: dict[str, str]  # key -> name
    full: dict[str, tuple[str, ...]]  # 瑞安市 -> keys
    lengths: dict[str, tuple[int, ...]]  # last two characters -> lengths of the names that end so
    short: dict[str, tuple[str, ...]]  # 浙江, 温州 -> keys; provinces and cities
    short_pairs: dict[str, tuple[str, ...]]  # first two characters -> short names
    short_start: re.Pattern[str]
    county_pairs: dict[str, tuple[str, ...]]  # first two characters -> short names of counties
    county_start: re.Pattern[str]
    before: dict[str, str]  # 阳 -> what makes a word with it from the left
    after: dict[str, str]
    everyday: frozenset[str]  # short names that are words of the language
    counties: dict[str, tuple[str, ...]]  # 瑞安 -> keys
    everyday_counties: frozenset[str]


def _lines(name: str) -> Iterator[list[str]]:
    for line in files(lexicon).joinpath(name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


@cache
def gazetteer() -> Gazetteer:
    names: dict[str, str] = {}
    full: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    counties: dict[str, list[str]] = {}
    everyday: set[str] = set()
    everyday_counties: set[str] = set()
    for code, name, brief, _ in _lines("places.tsv"):
        key, word = f"{code}\t{name}", brief.lstrip("~")
        names[key] = name
        for form in sorted(_forms(code, name, word)):
            full.setdefault(form, []).append(key)
        if word:
            (short if code.endswith("00") else counties).setdefault(word, []).append(key)
        if brief != word and not _names_a_province(short.get(word, ())):
            (everyday if code.endswith("00") else everyday_counties).add(word)
    for alias, name in lexicon.table("abbreviations.toml")["aliases"].items():
        full.setdefault(alias, []).extend(full[name])
    for code, towns in _lines("places_towns.tsv"):
        for town in towns.split(" "):
            full.setdefault(town, []).append(f"{code}\t{town}")
    lengths: dict[str, set[int]] = {}
    for form in full:
        lengths.setdefault(form[-2:], set()).add(len(form))
    around = list(_lines("places_neighbours.tsv"))
    return Gazetteer(
        names,
        {form: tuple(keys) for form, keys in full.items()},
        {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()},
        {word: _largest(keys) for word, keys in short.items()},
        _pairs(short),
        _pair_start(set(short)),
        _pairs(counties),
        _pair_start(set(counties) - everyday_counties),
        {sign: before for sign, before, _ in around},
        {sign: after for sign, _, after in around},
        frozenset(everyday),
        {word: tuple(keys) for word, keys in counties.items()},
        frozenset(everyday_counties),
    )


def _pairs(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    pairs: dict[str, list[str]] = {}
    for word in words:
        pairs.setdefault(word[:2], []).append(word)
    return {pair: tuple(sorted(found, key=lambda w: (-len(w), w))) for pair, found in pairs.items()}


def _pair_start(words: set[str]) -> re.Pattern[str]:
    """A place where one of the words may start: its first character, and a second one behind it."""
    return re.compile(f"[{''.join(sorted({w[0] for w in words}))}](?=[{''.join(sorted({w[1] for w in words}))}])")


def _forms(code: str, name: str, short: str) -> set[str]:
    """What the name is written as with its rank: 融水苗族自治县 and 融水县, 恩施州, 广西自治区."""
    forms = {name}
    if code.endswith("0000") and name.endswith("自治区"):
        forms |= {short + "自治区", short + "省"}
    elif "自治" in name and short:
        forms.add(short + name[-1])
    elif name.endswith("地区"):
        forms.add(name)
    elif code == "660000":
        forms |= {"新疆兵团", "生产建设兵团", "兵团"}
    elif code in ("810000", "820000"):
        forms.add(short + "特区")
    return forms


def _largest(keys: list[str]) -> tuple[str, ...]:
    """吉林 is the province, 海南 too: of the places with one short name the largest."""
    provinces = [key for key in keys if _names_a_province((key,))]
    return tuple(provinces or keys)


def _names_a_province(keys: Iterable[str]) -> bool:
    return any(key[2:6] == "0000" for key in keys)


def area_of(key: str) -> Area:
    """The province, city and county of a line of the gazetteer (code, tab, name)."""
    code, _, name = key.partition("\t")
    province = _name_of(code[:2] + "0000")
    if code.endswith("0000"):
        return Area(name)
    if code.endswith("00"):
        return Area(province, name)
    if name.endswith("镇") and (county := _name_of(code)) != name:  # on Taiwan a 镇 has a code of its own
        return area_of(f"{code}\t{county}")
    direct = code[:2] in _MUNICIPALITIES or code[2:4] == "90"
    return Area(province, None if direct else _name_of(code[:4] + "00"), name)


@cache
def _codes() -> dict[str, str]:
    """The name of each code; of several the present one, which stands first in the file."""
    found: dict[str, str] = {}
    for key, name in gazetteer().names.items():
        found.setdefault(key[:6], name)
    return found


def _name_of(code: str) -> str | None:
    return _codes().get(code)
