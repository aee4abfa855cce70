"""Places of China named in a text, with the province, city and county they lie in.

`find_places("浙江省瑞安市")` gives one mention with 浙江省, 温州市 and 瑞安市. A name that several places share (朝阳区) is settled by
the places named beside it or elsewhere in the text; where nothing settles it the mention stays, with province, city and
county None. In a municipality, and in a county under the province itself, city is None. Hidden names (xx市) are no places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from corpus_tools import lexicon
from corpus_tools.extract.simplified import in_simplified
from corpus_tools.records import PageMeta

_MUNICIPALITIES: Final = frozenset({"11", "12", "31", "50"})
_BEYOND: Final = frozenset({"71", "81", "82"})  # their districts share names with many mainland ones
_SUFFIX: Final = re.compile("[省市县区旗州盟团镇岛]")
# 市区 of a city, 城区, 新城区: words before they are names; a place only straight behind its city
_PLAIN_WORDS: Final = re.compile("[东西南北中城郊矿新市老港桥关区县]{2,4}|.[县区市]|中心区|工农区|港口区")
# 凤县 is a name behind these; 和县, 成县, 达县 end other words too often (县和县, 建成县域, 到达县城)
_SMALL_COUNTY: Final = re.compile(
    "(?:^|[^\u4e00-\u9fff]|[是在到于从的与及为由赴往去向据至省市州])[^和成达应理文开道随任单义易代安兴南广吴本全该各我他她外城区县]县$"
)
_NO_NAME_AFTER: Final = {"区": "域别分间划位块", "市": "场", "州": "", "县": "", "旗": "帜号", "盟": "友约"}
_STREET: Final = re.compile("[东西南北中]?(?:路|街|巷|大道|大街|胡同|弄)")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_SHORT_COUNTY_AFTER: Final = re.compile(
    "(?:教育|教体|教委|教研|师范|进修|实验|职业|人民|政府|民族|中[学小心]|小学|高中|初中|一中|二中|三中|四中|全[市县区]|各[校地乡镇]|等[地市县区]|[、，,）)」”》]|[的在为于将从推出实教])"
)


class Area(NamedTuple):
    """Where something applies, in standard names; None for what is not known."""

    province: str | None = None
    city: str | None = None
    county: str | None = None


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


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    names: dict[str, str]  # code and name, tab between, to name: one code may have borne two names
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


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    keys: tuple[str, ...]  # what it may be
    word: str
    sure: bool = True  # False: a place only if its surroundings say so


def _lines(name: str) -> Iterator[list[str]]:
    for line in files(lexicon).joinpath(name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


@cache
def _gazetteer() -> _Gazetteer:
    names: dict[str, str] = {}
    full: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    counties: dict[str, list[str]] = {}
    everyday: set[str] = set()
    everyday_counties: set[str] = set()
    for code, name, brief in _lines("places.tsv"):
        key, word = f"{code}\t{name}", brief.lstrip("~")
        names[key] = name
        for form in sorted(_forms(code, name, word)):
            full.setdefault(form, []).append(key)
        if word:
            (short if code.endswith("00") else counties).setdefault(word, []).append(key)
        if brief != word:
            (everyday if code.endswith("00") else everyday_counties).add(word)
    for code, towns in _lines("places_towns.tsv"):
        for town in towns.split(" "):
            full.setdefault(town, []).append(f"{code}\t{town}")
    lengths: dict[str, set[int]] = {}
    for form in full:
        lengths.setdefault(form[-2:], set()).add(len(form))
    around = list(_lines("places_neighbours.tsv"))
    return _Gazetteer(
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
    provinces = [key for key in keys if key[2:6] == "0000"]
    return tuple(provinces or keys)


def area_of(key: str) -> Area:
    """The province, city and county of a line of the gazetteer (code, tab, name)."""
    code, _, name = key.partition("\t")
    province = _name_of(code[:2] + "0000")
    if code.endswith("0000"):
        return Area(name)
    if code.endswith("00"):
        return Area(province, name)
    if name.endswith("镇"):
        return area_of(f"{code}\t{_name_of(code)}")
    direct = code[:2] in _MUNICIPALITIES or code[2:4] == "90"
    return Area(province, None if direct else _name_of(code[:4] + "00"), name)


@cache
def _codes() -> dict[str, str]:
    """The present name of each code; former names follow present ones only where there is none."""
    found: dict[str, str] = {}
    for key, name in _gazetteer().names.items():
        found.setdefault(key[:6], name)
    return found


def _name_of(code: str) -> str | None:
    return _codes().get(code)


def find_places(text: str, near: Area = Area()) -> list[Place]:
    """The mentions of places in order, without overlap; `near` is where the text is known to come from.

    >>> [(p.name, p.area) for p in find_places("广西融水县")]
    [('融水苗族自治县', Area(province='广西壮族自治区', city='柳州市', county='融水苗族自治县'))]
    """
    plain = in_simplified(text)
    found = _merged(plain, _without_overlap(plain, [*_full_names(plain), *_short_names(plain)]))
    found = _with_counties(plain, found, near)
    return _settled(found, near)


def _full_names(text: str) -> Iterator[_Mention]:
    gazetteer = _gazetteer()
    full, lengths = gazetteer.full, gazetteer.lengths
    for suffix in _SUFFIX.finditer(text):
        end = suffix.end()
        for length in lengths.get(text[end - 2 : end], ()):
            word = text[end - length : end]
            keys = full.get(word) if length <= end else None
            if keys is None:
                continue
            if text[end : end + 1] and text[end : end + 1] in _NO_NAME_AFTER.get(word[-1], ""):
                break
            sure = _is_name(text, end - length, word)
            yield _Mention(end - length, end, keys, word, sure)
            break


def _is_name(text: str, start: int, word: str) -> bool:
    """Whether a full name is one wherever it stands; else its surroundings must say so."""
    if word == "兵团":
        return False
    if len(word) == 2 and word[1] == "县":
        return _SMALL_COUNTY.search(text[max(0, start - 1) : start + 2]) is not None
    return _PLAIN_WORDS.fullmatch(word) is None


def _short_names(text: str) -> Iterator[_Mention]:
    gazetteer = _gazetteer()
    pairs = gazetteer.short_pairs
    for begin in gazetteer.short_start.finditer(text):
        start = begin.start()
        for word in pairs.get(text[start : start + 2], ()):
            end = start + len(word)
            if text.startswith(word, start) and not _STREET.match(text, end) and not _is_chance(text, start, end):
                yield _Mention(start, end, gazetteer.short[word], word, word not in gazetteer.everyday)
                break


def _without_overlap(text: str, mentions: list[_Mention]) -> list[_Mention]:
    """The mentions in order; of two that overlap the one that starts first, and of those the longer."""
    kept: list[_Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
        elif mention.end > kept[-1].end and not kept[-1].sure and mention.sure:
            kept[-1] = mention
    return kept


def _merged(text: str, mentions: list[_Mention]) -> list[_Mention]:
    """浙江省 温州市 瑞安市 as one mention; names that are words of the language stay only inside such a chain."""
    chain: list[_Mention] = []
    for mention in mentions:
        last = chain[-1] if chain else None
        if last is not None and text[last.end : mention.start].strip(" 　·") == "" and mention.start - last.end <= 2:
            inside = tuple(key for key in mention.keys if any(_contains(outer, key) for outer in last.keys))
            if inside:
                chain[-1] = _Mention(last.start, mention.end, inside, mention.word)
                continue
        chain.append(mention)
    return chain


def _contains(outer: str, inner: str) -> bool:
    """Whether one division lies in the other by its code."""
    stem = outer[:2] if outer[2:6] == "0000" else outer[:4] if outer[4:6] == "00" else outer
    return inner != outer and inner.startswith(stem)


def _with_counties(text: str, mentions: list[_Mention], near: Area) -> list[_Mention]:
    """The mentions with short county names (瑞安) added, where the places known already make them likely."""
    known = _known(mentions, near)
    kept = [m for m in mentions if m.sure or _is_likely(text, m, known)]
    gazetteer = _gazetteer()
    found = [m for last in kept if (m := _county_behind(text, last))]
    for begin in gazetteer.county_start.finditer(text):
        start = begin.start()
        for word in gazetteer.county_pairs.get(text[start : start + 2], ()):
            if text.startswith(word, start):
                mention = _county(text, start, word, known)
                found += [mention] if mention else []
                break
    return _merged(text, _without_overlap(text, [*kept, *found])) if found else kept


def _known(mentions: list[_Mention], near: Area) -> frozenset[str]:
    """The codes of the places that are certain: provinces by two digits, cities by four, counties whole."""
    known: set[str] = set()
    for mention in mentions:
        if mention.sure and len(mention.keys) == 1:
            code = mention.keys[0][:6]
            known |= {code[:2], code[:4], code}
    for name in near:
        for key in _gazetteer().full.get(name or "", ()):
            if near.province is None or area_of(key).province == near.province:
                known |= {key[:2], key[:4], key[:6]}
    return frozenset(known)


def _is_likely(text: str, mention: _Mention, known: frozenset[str]) -> bool:
    """Whether a name that may be a word is a place here: its city or province is known and it stands like a name."""
    if mention.word == "兵团":
        return "65" in known or "66" in known or "新疆" in text
    inside = any(key[:4] in known if key[4:6] != "00" else key[:2] in known for key in mention.keys)
    before = text[mention.start - 1 : mention.start]
    return inside and not (len(mention.word) == 2 and mention.word[-1] in "县区市" and _HAN.match(before))


def _county_behind(text: str, outer: _Mention) -> _Mention | None:
    """The short name of a county straight behind what it lies in: 浙江瑞安, 天津和平."""
    gazetteer = _gazetteer()
    for word in gazetteer.county_pairs.get(text[outer.end : outer.end + 2], ()):
        if text.startswith(word, outer.end) and _ends_a_name(text, outer.end + len(word)):
            inside = tuple(key for key in gazetteer.counties[word] if any(_contains(o, key) for o in outer.keys))
            if inside:
                return _Mention(outer.end, outer.end + len(word), inside, word)
    return None


def _ends_a_name(text: str, end: int) -> bool:
    return not _STREET.match(text, end) and text[end : end + 1] not in tuple("乡镇村路")


def _county(text: str, start: int, word: str, known: frozenset[str]) -> _Mention | None:
    """The short name of a county that is no everyday word, where what is known or what follows makes it a place."""
    gazetteer = _gazetteer()
    end = start + len(word)
    if word in gazetteer.everyday_counties or not _ends_a_name(text, end) or _is_chance(text, start, end):
        return None
    keys = gazetteer.counties[word]
    named = tuple(key for key in keys if key[:6] in known)
    near = tuple(key for key in keys if key[:4] in known or key[:2] in known)
    if named or ((near or len(keys) == 1) and _SHORT_COUNTY_AFTER.match(text, end)):
        return _Mention(start, end, named or near or keys, word)
    return None


_HIDDEN_BEFORE: Final = re.compile(r"[xXＸ×*＊_＿□○某][省市县区州]$")


def _is_chance(text: str, start: int, end: int) -> bool:
    """Whether the name is made of the end of one word and the beginning of another, or follows a hidden place."""
    gazetteer = _gazetteer()
    before, after = text[start - 1 : start], text[end : end + 1]
    if (
        before
        and after
        and before in gazetteer.before.get(text[start], "")
        and after in gazetteer.after.get(text[end - 1], "")
    ):
        return True
    return _HIDDEN_BEFORE.search(text[max(0, start - 2) : start]) is not None


def _settled(mentions: list[_Mention], near: Area) -> list[Place]:
    """The mentions as places, each shared name settled by what else is named."""
    known = _known(mentions, near)
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
    for codes in (recent[:1], tuple(known)):
        for length in (4, 2):
            stems = {code[:length] for code in codes if len(code) >= length}
            inside = tuple(key for key in keys if key[:length] in stems)
            if len(inside) == 1:
                return inside
    mainland = tuple(key for key in keys if key[:2] not in _BEYOND)
    return mainland if len(mainland) == 1 else keys


def _shared_province(keys: tuple[str, ...]) -> str | None:
    provinces = {area_of(key).province for key in keys}
    return provinces.pop() if len(provinces) == 1 else None


def resolve(names: str | Iterable[str], near: Area = Area()) -> Area:
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


_NUMBER_OF_DOCUMENT: Final = re.compile(
    "(?P<signs>[\u4e00-\u9fff]{2,12})[ 　]?[〔［\\[【(（][ 　]?[0-9０-９一二〇xX×＊*_]{2,6}[ 　]?[〕］\\]】)）][ 　]?第?[ 　]?[0-9０-９xX×_]{1,5}[ 　]?号"
)
# 浙教人, 皖政办: what follows the sign of a place in a document number
_OFFICE_SIGNS: Final = frozenset("教政人财编办委组府党职师基民发规学督社厅市")


def area_of_document_number(text: str) -> Area | None:
    """The province or city whose sign opens the first document number of the text (浙教人〔2013〕12号); None without one."""
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
    """Where 我省, 我市 and 我县 are: from the page's title, issuing body and document number, the head of its text, its address.

    The first that names a place gives it; later ones fill in what it leaves open and never gainsay it.
    """
    area = Area()
    numbered = area_of_document_number(" ".join(filter(None, (meta.document_number, meta.title, head))))
    told = [resolve(part) for part in (meta.title, meta.issuing_body, head) if part]
    address = area_of_address(meta.address) if meta.address else None
    for found in (*told, numbered, address):
        if found is None or found.province is None or area.province not in (None, found.province):
            continue
        area = Area(found.province, area.city or found.city, area.county or found.county)
    return area
