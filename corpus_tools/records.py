"""The frozen records that flow from room to room.

Positions inside a page are in the page's clean text, `str(page.text)`, unless a field says raw. The store and the
exports turn them into raw positions through `page.text`; no step invents a position.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from corpus_tools.text import Edit, Span, Text

# What a site adds around an author's text; gold layer `boilerplate`.
BOILERPLATE_KINDS = frozenset(
    {
        "breadcrumb",
        "page_title",
        "intro_blurb",
        "editor_note",
        "inline_ad",
        "download_notice",
        "copyright",
        "related_links",
        "toc",
    }
)
# Damage to an author's text; gold layer `noise`.
NOISE_KINDS = frozenset({"hard_break", "bad_conversion", "stray_char", "masked", "mojibake", "dropped_text", "doubled"})

# How a repair is typed on a page whose Chinese has half-width marks, and how far its habit is looked for.
HALF_WIDTH = {"，": ",", "：": ":", "？": "?"}
NEAR = 60

Relation = Literal["near_duplicate", "contains_a", "contains_b", "shares_passage"]
Op = Literal[">=", "<=", ">", "<", "=", "between"]
Modality = Literal["required", "recommended", "reported", "proposed"]
Value = int | float | tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page's raw text stands: which file, which bytes of it, in which encoding."""

    doc: str  # path below the input folder, with #line for one row of a JSON Lines file
    sha256: str  # of the whole file
    encoding: str
    media_type: str
    byte_start: int = 0  # where the raw text begins in the file: after a BOM, or inside a row
    byte_length: int = 0


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What the page says of itself, each None where it does not say."""

    title: str | None = None
    site: str | None = None
    address: str | None = None
    date: str | None = None
    document_number: str | None = None
    issuing_body: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of the raw text that is shown to the reader and left as it stands: hidden or lost text."""

    start: int  # raw
    end: int  # raw
    kind: str  # masked, mojibake, dropped_text, doubled
    note: str = ""  # for masked: year, number, name or censored


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that may be the site's: it goes where many pages that have nothing else in common carry it."""

    line: str  # folded
    around: tuple[str, ...]  # digests of the nearest lines of the text


@dataclass(frozen=True, slots=True)
class Page:
    """A scraped page, and for every character of its clean text the place in the raw text it came from."""

    source: Source
    text: Text
    meta: PageMeta = field(default_factory=PageMeta)
    marks: tuple[Mark, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def edited(self, edits: Iterable[Edit]) -> Page:
        """The page after edits whose positions are in its present clean text."""
        return replace(self, text=self.text.edited(edits))

    def marked(self, marks: Iterable[Mark]) -> Page:
        """The page with further marks, whose positions are in its present clean text."""
        raw = []
        for mark in marks:
            span = self.text.raw_span(mark.start, mark.end)
            raw.append(replace(mark, start=span.start, end=span.end))
        return replace(self, marks=tuple(sorted({*self.marks, *raw}, key=lambda m: (m.start, m.end, m.kind, m.note))))


@dataclass(frozen=True, slots=True)
class Noise:
    """Damage to the author's text, in raw positions; `repair` is None where the text must be kept as it stands."""

    start: int
    end: int
    kind: str
    repair: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A span that is the site's and not the author's, in raw positions."""

    start: int
    end: int
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading inside an essay: `[start, end)` covers marker and title."""

    level: int  # 1 is the essay's outermost heading
    marker: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Essay:
    """One text of a page (篇), from its heading to where the next begins."""

    number: int  # from 1 in each page
    heading: str
    start: int
    end: int
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two essays that share text, by their places in the sequence compared, `a` before `b`."""

    a: int
    b: int
    relation: Relation
    containment: float  # shared 8-grams over those of the shorter essay
    jaccard: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text that two essays share, in the positions of the two texts compared."""

    a: int
    b: int
    a_start: int
    a_end: int
    b_start: int
    b_end: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Essays that are the same text, by their places in the sequence compared."""

    representative: int
    members: tuple[int, ...]  # in order, the representative among them


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Everything found about who shares text with whom, in order."""

    pairs: tuple[Pair, ...] = ()
    passages: tuple[Passage, ...] = ()
    clusters: tuple[Cluster, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and comparator as it stands in the text."""

    value: Value  # None where the number is masked
    unit: str | None  # normal form: 年 学年 学期 届 月 天 % 人 元 倍 岁 所 次 节
    op: Op
    start: int
    end: int
    per: str | None = None  # 年, 学年, 月 … for 每年, 年均, 每人每月
    approximate: bool = False  # 左右, 约, 近
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that filled one slot of a fact. A slot put together from several places has several of these."""

    slot: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One rule that a policy reader would put in a comparison table; slots as in the labelling guide."""

    kind: str
    measure: str
    start: int
    end: int
    quote: str
    essay: int = 1
    subject: str | None = None
    op: Op | None = None
    value: Value = None
    unit: str | None = None
    per: str | None = None
    base: str | None = None
    modality: Modality = "required"
    province: str | None = None
    city: str | None = None
    county: str | None = None
    masked: bool = False
    confidence: float | None = None
    reason: str = ""  # which cue and which rule or model
    quoted_from: str | None = None
    evidence: tuple[Evidence, ...] = ()  # subject and base must be here when they stand in the text


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that was passed over, and why."""

    doc: str
    reason: str


def noise_of(page: Page) -> tuple[Noise, ...]:
    """Damage that was mended or marked in what is left of the page, in raw order."""
    removed = [Span(e.start, e.end) for e in page.text.edits if e.kind in BOILERPLATE_KINDS]
    found = [
        Noise(leaf.start, leaf.end, leaf.kind, _as_typed(page.text.raw, leaf), leaf.note)
        for edit in page.text.edits
        if edit.kind not in BOILERPLATE_KINDS
        for leaf in edit.leaves
        if leaf.kind in NOISE_KINDS
    ]
    found += [
        Noise(mark.start, mark.end, mark.kind, None, mark.note)
        for mark in page.marks
        if not any(span.start <= mark.start and mark.end <= span.end for span in removed)
    ]
    return tuple(sorted(found, key=lambda n: (n.start, n.end, n.kind)))


def _as_typed(raw: str, edit: Edit) -> str:
    """What `edit` puts in, a comma in the width that the page has around it."""
    if edit.kind != "stray_char" or edit.replacement not in HALF_WIDTH:
        return edit.replacement
    near = raw[max(0, edit.start - NEAR) : edit.end + NEAR]
    half, full = HALF_WIDTH[edit.replacement], edit.replacement
    return half if near.count(",") > near.count("，") else full


def boilerplate_of(page: Page) -> tuple[Boilerplate, ...]:
    """What was removed as the site's own, in raw order."""
    return tuple(Boilerplate(e.start, e.end, e.kind, e.note) for e in page.text.edits if e.kind in BOILERPLATE_KINDS)
