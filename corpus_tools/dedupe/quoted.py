"""Which shared passages are quotations: two schools that both quote a ministry have not copied each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from enum import IntEnum

from corpus_tools.records import PageMeta, Passage

NEARLY_ALL = 0.9  # of a passage that must stand in the higher document, too


class Standing(IntEnum):
    """How high the body that issued a document stands."""

    NONE = 0  # an essay, a summary, a news item
    IN_FORM = 1  # has the heading of an official document and does not say whose
    COUNTY = 2
    CITY = 3
    PROVINCE = 4
    STATE = 5


# 国务院办公厅, 教育部, 人力资源社会保障部; but not 宣传部 of some county, which a place stands before
STATE_BODY = re.compile(
    r"国务院|中共中央|全国人民代表大会|全国人大|^(?:中华人民共和国)?[^省市县区旗州盟]{2,10}部(?:$|[、，\s办])"
)
COUNTY = re.compile(r"[县旗]|(?<!自治)区|(?<=市).{1,4}市")
CITY = re.compile(r"(?<!北京)(?<!上海)(?<!天津)(?<!重庆)市|自治州|盟|地区")
PROVINCE = re.compile(r"省|自治区|(?:北京|上海|天津|重庆)市|厅$")
# 关于推进教师交流的实施意见; 教师交流办法（试行）
OFFICIAL_HEADING = re.compile(
    r"(?:通知|意见|办法|规定|细则|条例|方案|决定|纲要|规程)\s*(?:[（(][^（()）]{1,12}[)）])?\s*$"
)


def standing(meta: PageMeta, heading: str = "") -> Standing:
    """How high the body stands that issued what is on the page.

    >>> standing(PageMeta(issuing_body="教育部")).name, standing(PageMeta(issuing_body="浙江省云和县教育局")).name
    ('STATE', 'COUNTY')
    """
    body = meta.issuing_body or ""
    if STATE_BODY.search(body):
        return Standing.STATE
    # the smallest place named is the one that issued it
    for pattern, level in ((COUNTY, Standing.COUNTY), (CITY, Standing.CITY), (PROVINCE, Standing.PROVINCE)):
        if pattern.search(body):
            return level
    if body or meta.document_number:
        return Standing.COUNTY
    return Standing.IN_FORM if OFFICIAL_HEADING.search(heading) else Standing.NONE


def quoted_from(
    passages: Iterable[Passage],
    standings: Mapping[int, Standing],
    same: Collection[frozenset[int]] = (),
) -> dict[Passage, int]:
    """The passages that both texts have from a document that stands higher than either, with that document.

    A passage counts when nearly all of it stands, on both sides, in what that side shares with the document. `same`
    are groups of texts that are one text: a copy of a document does not quote it.
    """
    listed = list(passages)
    group = {text: number for number, members in enumerate(same) for text in members}
    shared: dict[int, dict[int, list[tuple[int, int]]]] = {}
    for p in listed:
        shared.setdefault(p.a, {}).setdefault(p.b, []).append((p.a_start, p.a_end))
        shared.setdefault(p.b, {}).setdefault(p.a, []).append((p.b_start, p.b_end))

    def documents(p: Passage) -> Iterable[int]:
        least = max(standings.get(p.a, Standing.NONE), standings.get(p.b, Standing.NONE))
        own = {group.get(p.a, -1), group.get(p.b, -1)} - {-1}
        known = shared[p.a].keys() & shared[p.b].keys()
        higher = [d for d in known if standings.get(d, Standing.NONE) > least and group.get(d, -2) not in own]
        return sorted(higher, key=lambda d: (-standings[d], d))

    found: dict[Passage, int] = {}
    for p in listed:
        sides = ((p.a, p.a_start, p.a_end), (p.b, p.b_start, p.b_end))
        for document in documents(p):
            if all(_covered(start, end, shared[text][document]) for text, start, end in sides):
                found[p] = document
                break
    return found


def copied_share(
    text: int, length: int, passages: Iterable[Passage], quoted: Collection[Passage] | Mapping[Passage, int] = ()
) -> float:
    """The share of a text of that length that stands in these passages, quotations left out."""
    spans = [
        (p.a_start, p.a_end) if p.a == text else (p.b_start, p.b_end)
        for p in passages
        if text in (p.a, p.b) and p not in quoted
    ]
    return _length(spans) / length if length else 0.0


def _covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    inside = [(max(start, i), min(end, j)) for i, j in spans if i < end and start < j]
    return _length(inside) >= NEARLY_ALL * (end - start)


def _length(spans: Iterable[tuple[int, int]]) -> int:
    total, at = 0, -1
    for start, end in sorted(spans):
        total += max(0, end - max(start, at))
        at = max(at, end)
    return total
