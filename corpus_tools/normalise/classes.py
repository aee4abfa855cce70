"""Character classes that the rules of this room share, as the inside of a regular expression's brackets."""

from __future__ import annotations

# Chinese characters, with 〇 of 二〇二四 and 々.
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇々"
# Punctuation that only Chinese text uses.
MARK = "，。、；：？！…—～“”‘’「」『』《》〈〉（）【】〔〕〖〗·"
