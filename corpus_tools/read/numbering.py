"""The numbers that Word writes before paragraphs: 一、 （一） 1. 第三条. They stand nowhere in the file's text.

Chinese official papers in docx number most of their headings so; without them 第三条 has no number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "〇一二三四五六七八九"
CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "ideographTraditional", "japaneseCounting", "taiwaneseCounting"}
    | {"taiwaneseCountingThousand"}
)
CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
LEVELS = 9  # that a list has in Word
DEEPEST = 20  # styles based on one another


class Level(NamedTuple):
    """How one level of a list is numbered: `pattern` is such as （%1） or %1.%2."""

    form: str
    pattern: str
    start: int


class Numbering:
    """Gives each paragraph of a document, asked for in order, the number Word shows before it."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}  # by a list's id the id of its pattern: lists of one pattern count on
        self._styles = {style.get(WORD + "styleId"): style for style in document.styles.element.iter(WORD + "style")}
        self._counts: dict[str, list[int]] = {}
        for part in document.part.package.iter_parts():
            if str(part.partname) == "/word/numbering.xml":
                self._learn(part.element)

    def _learn(self, numbering: BaseOxmlElement) -> None:
        for abstract in numbering.iter(WORD + "abstractNum"):
            levels = {int(_value(level, "@ilvl") or 0): _level(level) for level in abstract.iter(WORD + "lvl")}
            levels = {depth: level for depth, level in levels.items() if 0 <= depth < LEVELS}
            self._levels[str(abstract.get(WORD + "abstractNumId"))] = levels
        for number in numbering.iter(WORD + "num"):
            key, pattern = str(number.get(WORD + "numId")), _value(number, "abstractNumId") or ""
            restarted = any(True for _ in number.iter(WORD + "startOverride"))
            self._lists[key] = f"{pattern}/{key}" if restarted else pattern

    def before(self, paragraph: BaseOxmlElement) -> str:
        """The number before a paragraph, such as 第三条; empty where it has none."""
        key, depth = self._place(paragraph)
        group = self._lists.get(key, "")
        levels = self._levels.get(group.partition("/")[0], {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(group, [])
        while len(counts) <= depth:
            counts.append(levels[len(counts)].start - 1 if len(counts) in levels else 0)
        counts[depth] += 1
        del counts[depth + 1 :]
        return _shown(levels, depth, counts)

    def _place(self, paragraph: BaseOxmlElement) -> tuple[str, int]:
        """The list a paragraph is in and how deep, by its own word or that of its style."""
        for properties in self._properties(paragraph):
            found = properties.find(WORD + "numPr")
            if found is not None and _value(found, "numId"):
                return _value(found, "numId") or "", int(_value(found, "ilvl") or 0)
        return "", 0

    def _properties(self, paragraph: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
        element: BaseOxmlElement | None = paragraph
        named = "pStyle"
        for _ in range(DEEPEST):
            properties = element.find(WORD + "pPr") if element is not None else None
            if properties is not None:
                yield properties
            holder = properties if named == "pStyle" else element
            element = self._styles.get(_value(holder, named) or "") if holder is not None else None
            named = "basedOn"


def _value(element: BaseOxmlElement, name: str) -> str | None:
    """The value of a child such as <w:ilvl w:val="0"/>, or of an attribute such as @ilvl."""
    if name.startswith("@"):
        found = element.get(WORD + name[1:])
    else:
        child = element.find(WORD + name)
        found = child.get(WORD + "val") if child is not None else None
    return str(found) if found is not None else None


def _level(level: BaseOxmlElement) -> Level:
    start = _value(level, "start") or "1"
    return Level(_value(level, "numFmt") or "decimal", _value(level, "lvlText") or "", int(start))


def _shown(levels: dict[int, Level], depth: int, counts: list[int]) -> str:
    text = levels[depth].pattern
    if levels[depth].form in ("bullet", "none"):
        return ""
    for number in range(depth, -1, -1):
        form = levels[number].form if number in levels else "decimal"
        text = text.replace(f"%{number + 1}", numeral(counts[number], form))
    return text


def numeral(number: int, form: str) -> str:
    """A number as Word writes it in that form; in digits where the form is none of the usual."""
    if form in CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        head = "" if tens < 2 else DIGITS[tens]
        return (head + "十" if tens else "") + (DIGITS[ones] if ones else "")
    if form in CIRCLED and 0 < number <= 20:
        return chr(0x245F + number)
    if form.endswith("Letter") and 0 < number <= 26:
        return chr((0x40 if form == "upperLetter" else 0x60) + number)
    if form.endswith("Roman") and 0 < number < 40:
        left, text = number, ""
        for value, sign in ROMAN:
            text, left = text + sign * (left // value), left % value
        return text.upper() if form == "upperRoman" else text
    return str(number)
