"""Character classes that the rules of this room share, as the inside of a regular expression's brackets."""

from __future__ import annotations

# Chinese characters, with 〇 of 二〇二四 and 々.
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇々"
# Punctuation that only Chinese text uses.
MARK = "，。、；：？！…—～“”‘’「」『』《》〈〉（）【】〔〕〖〗·"
# with which the names of foreigners are written: 约翰 史密斯
TRANSLITERATION = frozenset(
    "阿埃艾安奥巴贝比彼伯布查达戴丹德蒂迪杜顿多恩尔法菲费夫弗福盖格戈哈海汉赫亨霍基吉加杰金卡凯科克肯库拉莱兰朗劳雷里丽利"
    "莉列林卢鲁罗洛马玛曼梅米蒙莫姆穆内纳奈尼诺帕派佩皮普奇乔琼丘热瑞萨塞森山珊尚舍史斯苏索塔泰坦汤特提图托瓦万威韦维温翁沃"
    "乌西希锡谢辛亚扬耶伊因尤约詹珍朱兹泽翰歇逊登"
)
NUMERALS = "一二三四五六七八九十"
