"""A collation as a TEI document: a critical apparatus by parallel segmentation, as TEI P5 chapter 13 has it.

`<app>` stands where witnesses differ: `<lem>` is what the base has, each `<rdg>` what others have. Text outside of any
`<app>` is every witness's, except between `<lacunaStart/>` and `<lacunaEnd/>` of a witness. The second division is the
base with what other witnesses could tell: `<choice><sic>20xx</sic><corr source="#w2">2014</corr></choice>`, and
`<supplied source="#w2">` where words were lost. Nothing in it stands without the witness it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus_tools.dedupe.collate import Collation, Lacuna, Variant
from corpus_tools.dedupe.completed import completed

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader>
<fileDesc>
<titleStmt><title>{title}</title></titleStmt>
<publicationStmt><p>Made by corpus_tools from the pages named below.</p></publicationStmt>
<sourceDesc><listWit>
{witnesses}
</listWit></sourceDesc>
</fileDesc>
<encodingDesc><variantEncoding method="parallel-segmentation" location="internal"/></encodingDesc>
</teiHeader>
<text><body>
<div type="apparatus"><ab xml:space="preserve">{apparatus}</ab></div>
<div type="suggestions"><ab xml:space="preserve">{suggested}</ab></div>
</body></text>
</TEI>
"""
# Control characters and lone surrogates cannot stand in XML, not even escaped. A carriage return can, escaped.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}


def tei(collation: Collation, title: str = "") -> str:
    """The collation as the text of an XML file; the witnesses are w1 (the base), w2, …"""
    witnesses = "\n".join(
        f'<witness xml:id="w{number}">{escaped(str(witness.name))}</witness>'
        for number, witness in enumerate(collation.witnesses, 1)
    )
    return HEAD.format(
        title=escaped(title or (collation.witnesses[0].heading if collation.witnesses else "")),
        witnesses=witnesses,
        apparatus="".join(_apparatus(collation)),
        suggested="".join(_suggested(collation)),
    )


def escaped(text: str) -> str:
    """Text as it may stand in XML; a character that may not is `<g n="U+0007"/>`."""
    plain = "".join(ESCAPES.get(c, c) for c in text) if any(c in ESCAPES for c in text) else text
    return NOT_XML.sub(lambda found: f'<g n="U+{ord(found[0]):04X}"/>', plain)


def _apparatus(collation: Collation) -> Iterator[str]:
    """The base's text with an `<app>` wherever witnesses differ, and the lacunae's ends."""
    base = collation.witnesses[0].text if collation.witnesses else ""
    at = 0
    for place, _, piece, end in sorted(_events(collation), key=lambda event: event[:3]):
        yield escaped(base[at:place])
        yield piece
        at = end
    yield escaped(base[at:])


def _events(collation: Collation) -> Iterator[tuple[int, int, str, int]]:
    """Place, rank among what stands at one place, markup, and where the base's text goes on."""
    for gap in collation.lacunae:
        yield gap.end, 0, _edge("lacunaEnd", gap), gap.end
        yield gap.start, 2, _edge("lacunaStart", gap), gap.start
    for variant in collation.variants:
        yield variant.start, 1 if variant.start == variant.end else 3, _app(variant), variant.end


def _edge(element: str, gap: Lacuna) -> str:
    return f'<app><rdg wit="{_refs([gap.witness])}"><{element}/></rdg></app>'


def _app(variant: Variant) -> str:
    readings = []
    for number, (text, witnesses) in enumerate(variant.grouped.items()):
        element = "rdg" if number else "lem"
        readings.append(f'<{element} wit="{_refs(witnesses)}">{escaped(text)}</{element}>')
    return f'<app type="{variant.kind}">{"".join(readings)}</app>'


def _suggested(collation: Collation) -> Iterator[str]:
    """The base's text with what is offered for its hidden, damaged and missing places."""
    for piece in completed(collation):
        if not piece.offers:
            yield escaped(piece.text)
        elif not piece.text:
            chief = piece.offers[0]
            source = _refs(chief.sources)
            yield f'<supplied reason="{chief.kind}" source="{source}">{escaped(chief.offer)}</supplied>'
        else:
            offers = "".join(f'<corr source="{_refs(s.sources)}">{escaped(s.offer)}</corr>' for s in piece.offers)
            yield f"<choice><sic>{escaped(piece.text)}</sic>{offers}</choice>"


def _refs(witnesses: Iterable[int]) -> str:
    return " ".join(f"#w{number + 1}" for number in witnesses)
