"""Pinyin put behind common characters so that a copy is not found: 城鎮(zhèn)學(xué)校.

A true note stands behind a character that has several readings or that few can read: 重(chóng)新 stays.
"""

from __future__ import annotations

import re

from corpus_tools.codes import code_points, table_of
from corpus_tools.normalise.classes import HAN
from corpus_tools.text import Edit

# (zhèn); a list of words to learn has a mark after it: 山(shān)、水(shuǐ)
NOTE = re.compile(r" ?[(（]\s?[a-zü]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,3}\s?[)）]", re.IGNORECASE)
FOLLOWED = re.compile(f"[{HAN}]")
TONE = table_of("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")
# Characters with more than one common reading; a note behind one of them is a note.
SEVERAL_READINGS = frozenset(
    "重长長行乐樂得地的着著了还還都为為给給好干乾数數调調传傳转轉处處发發分间間教觉覺角空量率省盛相兴興应應正种種中朝称稱"
    "乘冲衝大担擔弹彈当當倒度恶惡缝縫供冠观觀号號喝和横橫华華会會假降将將卷卡看壳殼模磨难難宁寧漂铺鋪曲塞散色舍少似宿"
    "提挑通吐系繫吓嚇鲜鮮削血咽要与與载載藏扎占涨漲折只止转轉累落蒙薄泊便别參参差查场場车車单單解尽盡没埋秘那呢片仆"
    "强強圈塔校划劃荷巷柏堡尉迟"
)
MANY = 3  # so many readings nobody needs, and the page is polluted throughout


def pinyin_edits(text: str) -> list[Edit]:
    """Edits of kind `pinyin` that remove readings put behind characters everyone can read."""
    if not TONE.take(code_points(text)).any():
        return []
    notes = [match for match in NOTE.finditer(text) if re.match(f"[{HAN}]", text[match.start() - 1 : match.start()])]
    polluted = sum(_needs_no_reading(text[match.start() - 1]) for match in notes) >= MANY
    return [
        Edit(match.start(), match.end(), "", "pinyin", match.group().strip(" ()（）"))
        for match in notes
        if polluted or (FOLLOWED.match(text, match.end()) and _needs_no_reading(text[match.start() - 1]))
    ]


def _needs_no_reading(character: str) -> bool:
    from corpus_tools.nlp import opencc

    plain = opencc.convert(character, "t2s")
    if character in SEVERAL_READINGS or plain in SEVERAL_READINGS:
        return False
    try:
        # the first plane of GB 2312: the 3,755 characters everyone reads
        return b"\xb0\xa1" <= plain.encode("gb2312") < b"\xd8\xa1"
    except UnicodeEncodeError:
        return False
