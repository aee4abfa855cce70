"""Text in simplified characters, one for one, so that rules for simplified text read traditional strings too."""

from __future__ import annotations

import re
from typing import Final

# characters that no simplified text has and that numbers, units, comparators and names of places are made of
_TRADITIONAL: Final = re.compile(
    "[兩萬億點餘來個幾學屆週歲圓圜塊錢節課時於過達滿間約內數對減負陸貳參隻雙條種類項輛張縣區東臺灣蘇廣遼寧陝雲貴慶龍陽門華興衛豐麗鄭濟蘭鎮連義漢溫紹無錫業長馬鳥鄉為與從這員師職輪崗]"
)


def in_simplified(text: str) -> str:
    """The text in simplified characters at unchanged positions; as it stands where it has none to change.

    >>> in_simplified("滿三年")
    '满三年'
    """
    if not _TRADITIONAL.search(text):
        return text
    from corpus_tools.nlp.opencc import convert

    changed = convert(text, "t2s")
    return changed if len(changed) == len(text) else text
