"""Places of China named in a text, with the province, city and county they lie in.

`find_places("浙江省瑞安市")` gives one mention with 浙江省, 温州市 and 瑞安市. A name that places share (朝阳区)
is settled by the places named beside it or elsewhere in the text; where nothing settles it the mention stays, with
province, city and county None. In a municipality, and in a county under the province itself, city is None. Hidden names
(xx市) are no places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from corpus_tools import lexicon
from corpus_tools.extract.gazetteer import NOWHERE, Area, area_of
from corpus_tools.extract.place_mentions import (
    Mention,
    full_names,
    known_codes,
    merged,
    short_names,
    signs,
    with_counties,
    without_overlap,
)
from corpus_tools.extract.simplified import in_simplified
from corpus_tools.records import PageMeta

__all__ = ["Area", "Place", "area_of_address", "area_of_document_number", "find_places", "home_area", "resolve"]

_BEYOND: Final = frozenset({"71", "81", "82"})  # their districts share names with many mainland ones


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a place; `name` is the standard name of the smallest division in it."""

    start: int
    end: int
    name: str
    province: str | None = None
    city: str | None = None
    county: str | None = None

    @property
    def area(self) -> Area:
        return Area(self.province, self.city, self.county)


def find_places(text: str, near: Area = NOWHERE) -> list[Place]:
    """The mentions of places in order, without overlap; `near` is where the text is known to come from.

    >>> [(p.name, p.area) for p in find_places("广西融水县")]
    [('融水苗族自治县', Area(province='广西壮族自治区', city='柳州市', county='融水苗族自治县'))]
    """
    plain = in_simplified(text)
    found = merged(plain, without_overlap(plain, [*full_names(plain), *short_names(plain), *signs(plain)]))
    found = with_counties(plain, found, near)
    return _settled(found, near)


def _settled(mentions: list[Mention], near: Area) -> list[Place]:
    """The mentions as places, each shared name settled by what else is named."""
    known = known_codes(mentions, near)
    places: list[Place] = []
    recent: tuple[str, ...] = ()
    for mention in sorted(mentions, key=lambda m: m.start):
        keys = _narrowed(mention.keys, recent, known)
        if len(keys) == 1:
            area = area_of(keys[0])
            recent = (keys[0][:6], *recent[:3])
            places.append(Place(mention.start, mention.end, keys[0][7:], *area))
        else:
            places.append(Place(mention.start, mention.end, keys[0][7:], _shared_province(keys)))
    return places


def _narrowed(keys: tuple[str, ...], recent: tuple[str, ...], known: frozenset[str]) -> tuple[str, ...]:
    if len(keys) == 1:
        return keys
    last = recent[0] if recent else ""
    nearest = frozenset({last[:4], last[:2]})
    for around, length in ((nearest, 4), (nearest, 2), (known, 4), (known, 2)):
        inside = tuple(key for key in keys if key[:length] in around)
        if len(inside) == 1:
            return inside
    mainland = tuple(key for key in keys if key[:2] not in _BEYOND)
    return mainland if len(mainland) == 1 else keys


def _shared_province(keys: tuple[str, ...]) -> str | None:
    provinces = {area_of(key).province for key in keys}
    return provinces.pop() if len(provinces) == 1 else None


def resolve(names: str | Iterable[str], near: Area = NOWHERE) -> Area:
    """The area that these names agree on: the smallest place they name, with what it lies in.

    >>> resolve(["广西", "融水县"])
    Area(province='广西壮族自治区', city='柳州市', county='融水苗族自治县')
    """
    text = names if isinstance(names, str) else " ".join(names)
    area = near
    for place in find_places(text, near):
        if place.province is None:
            continue
        if area.province not in (None, place.province):
            return area if area != near else place.area
        area = Area(place.province, place.city or area.city, place.county or area.county)
    return area


_DIGITS: Final = "[0-9０-９xX×＊*_]"
# 浙教人〔2013〕12号
_NUMBER_OF_DOCUMENT: Final = re.compile(
    "(?P<signs>[\u4e00-\u9fff]{2,12})[ 　]?"
    rf"[〔［\[【(（][ 　]?[一二〇0-9０-９xX×＊*_]{{2,6}}[ 　]?[〕］\]】)）][ 　]?第?[ 　]?{_DIGITS}{{1,5}}[ 　]?号"
)
# 浙教人, 皖政办: what follows the sign of a place in a document number
_OFFICE_SIGNS: Final = frozenset("教政人财编办委组府党职师基民发规学督社厅市")


def area_of_document_number(text: str) -> Area | None:
    """The province or city whose sign opens the first document number (浙教人〔2013〕12号); None without one."""
    signs = lexicon.table("abbreviations.toml")
    for number in _NUMBER_OF_DOCUMENT.finditer(in_simplified(text)):
        letters = number["signs"]
        for i in range(len(letters) - 1):
            if letters[i + 1] not in _OFFICE_SIGNS:
                continue
            if letters[i] in signs["signs"] and not (i and letters[i - 1] in signs["signs"]):
                return Area(signs["signs"][letters[i]])
            if letters[i] in signs["city_signs"] and (i == 0 or letters[i - 1] not in signs["signs"]):
                return resolve(signs["city_signs"][letters[i]])
            break
    return None


_LETTERS: Final = re.compile(r"[/.]([a-z]{2,8})\.(?:gov|edu)\.cn")


def area_of_address(address: str) -> Area | None:
    """The province in a site's address (jyt.zj.gov.cn); None where it names none."""
    letters = lexicon.table("abbreviations.toml")["letters"]
    found = [letters[m] for m in _LETTERS.findall("/" + address.lower()) if m in letters]
    return Area(found[-1]) if found else None


def home_area(meta: PageMeta, head: str = "") -> Area:
    """Where 我省, 我市 and 我县 are, from what the page says of itself.

    Title, issuing body, head of the text, document number, address: the first that names a place gives it; later ones
    fill in what it leaves open and never gainsay it.
    """
    area = NOWHERE
    numbered = area_of_document_number(" ".join(filter(None, (meta.document_number, meta.title, head))))
    told = [resolve(part) for part in (meta.title, meta.issuing_body, head) if part]
    address = area_of_address(meta.address) if meta.address else None
    for found in (*told, numbered, address):
        if found is None or found.province is None or area.province not in (None, found.province):
            continue
        area = Area(found.province, area.city or found.city, area.county or found.county)
    return area
