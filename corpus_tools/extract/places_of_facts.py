"""The place each fact is true of: told of in its sentence (福建省要求…) or the one before, else the essay's own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from corpus_tools.extract.clauses import Sentence
from corpus_tools.extract.places import Area, Place, area_of_document_number, home_area, resolve
from corpus_tools.records import Essay, PageMeta

NOWHERE = Area()
ENOUGH_COUNTIES = 3
COMPARED = 3  # places that open a clause: an essay that sets them side by side
HEAD = 400  # characters in which a document names its issuer and what it carries out
OFFICE = re.compile(
    r"(?!山区|农村|乡村|城区|乡镇|县城|边远|偏远|镇区)[^，。；\n]{0,4}?(?:教育(?:厅|局|体育局|委员会|和)|教体局|教委|人民政府|人社|机构编制|财政|党委|省委|市委|县委|中小学|义务教育|实施|关于|事业单位|人力|教师|中长期|办公室|学校|实验|第[一二三四五]|级)"
)
OF_OURS = re.compile(r"我[省市县区州旗镇乡校们国]|本[省市县区]|全[省市县区](?!.{0,4}(?:个|内))|下一步|同志们|我们")
TELLS = re.compile(
    r"(?:[、和及与]|等地?|(?:还|也|则|计划|都|均|已经?|将|从|自|率先|分别)|[\d两三四五六七八九十]+个?[省市县区州]|(?:省|市|县|区))*(?:要求|规定|明确|提出|实行|出台|对|在|每年|建立|实施|推行|采用|[一二三四五六七八九十百两]+[人名年个]|探索|，|的|教师|校长|教育|选派|安排|按|把|采取|同样|给|为|每|城|农|凡|通过|开展|全面|中小学|义务|启动|制定|试行|面向|组织|\d|让|这|支教|交流|轮岗|发放|补|抓|不(?:少|低|得)|原则上|一般|可)"
)
SHOWN_BY = re.compile(
    r"(?:^|[，。；：、“】\n 　]|如|例如|比如|譬如|像|在|据|以|看看|而|和|与|及|学习|借鉴|前往|目前|近年来|年|是)\Z"
)
# 先说山东潍坊。人家那里…
TALK_OF = re.compile("(?:先说|再说|说说|说到|讲讲|看看|比如说|来看)[^，。；]{0,4}\\Z")
# 赴隆林县支教的教师, 到镇巴、佛坪任教的; 黔东南州山高路远; never 瑞安市教育局
GOING_THERE = re.compile(r"(?:^|，|对|，其中)(?:到|赴|去|派往|前往)\Z")
PART_OF_OURS = re.compile(
    "(?!半岛|山(?!区)|湖|江|河|路|站)(?!.{0,8}(?:教育局|教体局|委员会|政府|财政|[中小]学(?!教师)|幼儿园|[镇乡村]|街道|实验|学校))"
)
THE_OTHERS = re.compile("(?:其他|其余|其它)(?:各)?[省市县区州地]")
CLAUSE_BEGINS = re.compile("(?:^|[，。；：“”】\n 　])\\Z")
JOINED = re.compile("(?:自治[区州县]|[省市县区州])?[、和及与]")  # 湘西自治州、怀化市
# 该县规定: the place last named that is one
THAT_PLACE = re.compile("(?:(?<!应)该|(?:^|[，。；：])这个?)(?P<level>[省市县区州])(?!级)")
LONGEST_HEAD = 24
HEADS_SECTION = re.compile("[省市县区州]?(?:[：—　 ]|的?(?:做法|经验)|$)")
LEVELS = {"省": "province", "市": "city", "州": "city", "县": "county", "区": "county"}
ONWARD = re.compile(r"(?:到|赴|援|往|去|支援|来自|对口|援助|毕业于)\Z")
TITLE_OF_DOCUMENT = re.compile(r"《[^》\n]{2,80}》")
ADDRESSED = re.compile(r"\s*各[^：:。\n]{0,60}\Z")  # 各市（州）教育局，兰州新区…： to whom it is sent
QUOTED = re.compile(
    r"(?:根据|按照?|依据|遵照|依照|参照|贯彻|落实)[^，。；]{0,40}?(?P<title>《[^》\n]{2,80}》)[^，。；]{0,30}?(?:规定|要求|精神|明确)"
    r"|(?P<says>《[^》\n]{2,80}》)[^，。；]{0,20}?(?:规定|要求|明确|提出|指出)"
    r"|(?:按照?|根据)(?P<body>国家|教育部|省(?:教育厅|厅|里|政府)?|市(?:教育局|里)?|上级|国务院|中央|县教育局|[^，。；]{2,10}(?:厅|部|委))(?:有关|文件|的)*(?:规定|要求|精神)"
)


class Told(NamedTuple):
    """Places that a sentence tells of, from a page position on."""

    start: int
    areas: tuple[Area, ...]


class PlaceReader:
    """Tells the places of an essay's sentences."""

    def __init__(
        self,
        text: str,
        essay: Essay,
        sentences: Sequence[Sentence],
        meta: PageMeta,
        places: Sequence[Place],
        alone: bool,
    ) -> None:
        self.text = text
        self.essay = essay
        self.sentences = sentences
        self.meta = meta
        self.alone = alone
        starts = [place.start for place in places]
        self.places = places[bisect_left(starts, essay.start) : bisect_left(starts, essay.end)]
        self.starts = [place.start for place in self.places]
        self._spoken_of: dict[int, tuple[Told, ...]] = {}

    def of(self, number: int, at: int) -> tuple[Area, ...]:
        """Where a fact at a page position applies: one area, or several where one rule is told of several places."""
        last = [told.areas for told in self._told(number) if told.start <= at]
        return (last[-1] if last else ()) or (self.home,)

    def elsewhere(self, number: int) -> bool:
        """Whether a sentence tells of other places, or the one before it in its paragraph does."""
        return any(not _within(area, self.home) for told in self._told(number) for area in told.areas)

    def _told(self, number: int) -> tuple[Told, ...]:
        """The places that a sentence tells of, each from where it is named; first those of the sentence before."""
        if number not in self._spoken_of:
            sentence = self.sentences[number]
            row = self._in_row(sentence)
            found = (Told(sentence.start, row),) if row else self._named(sentence)
            if not row and (before := self._meant(sentence) or self._told_before(number) or self.chapters[number]):
                found = (Told(sentence.start, before), *found)
            self._spoken_of[number] = found
        return self._spoken_of[number]

    def _told_before(self, number: int) -> tuple[Area, ...]:
        """The other places that the sentence before tells of, where this one goes on in its paragraph."""
        sentence, before = self.sentences[number], self.sentences[number - 1]
        goes_on = number and before.line == sentence.line
        if not goes_on or (sentence.marker and before.spoken_at != sentence.spoken_at) or OF_OURS.search(sentence.text):
            return ()
        told = self._told(number - 1)
        return () if not told or any(_within(area, self.home) for area in told[-1].areas) else told[-1].areas

    def _meant(self, sentence: Sentence) -> tuple[Area, ...]:
        """The place that 该县 or 这个县 stands for: the last one named before that is a county, a city, a province."""
        match = THAT_PLACE.search(sentence.text)
        if match is None:
            return ()
        level = LEVELS[match["level"]]
        for place in reversed(self.places[: bisect_left(self.starts, sentence.start + match.end())]):
            if place.province and _level(place.area) == level:
                return () if place.area == self.home else (place.area,)
        return ()

    @cached_property
    def chapters(self) -> tuple[tuple[Area, ...], ...]:
        """For each sentence the place that its section, or the line over it, is about: 沂源：一张时间表管到底."""
        found: list[tuple[Area, ...]] = []
        headings: tuple[str, ...] = ()
        about: tuple[Area, ...] = ()
        for sentence in self.sentences:
            if sentence.headings != headings:
                headings = sentence.headings
                about = self._opening(headings[-1]) if len(headings) > 1 else ()
            elif "：" in sentence.text and sentence.stop not in "。；，" and len(sentence.text) <= LONGEST_HEAD:
                about = self._opening(sentence.text) or about
            found.append(about)
        return tuple(found)

    def _opening(self, title: str) -> tuple[Area, ...]:
        """The place that a heading opens with, other than the essay's own."""
        name = next((name for name in self.names if title.startswith(name)), "")
        if not name or not HEADS_SECTION.match(title, len(name)) or _within(self.home, self.names[name]):
            return ()
        return (self.names[name],)

    @cached_property
    def names(self) -> dict[str, Area]:
        """The places as the essay writes them, the longest first."""
        written = {self.text[place.start : place.end]: place.area for place in self.places if place.province}
        return dict(sorted(written.items(), key=lambda entry: -len(entry[0])))

    def _in_row(self, sentence: Sentence) -> tuple[Area, ...]:
        """The place that heads a table's row."""
        if sentence.row_head is None:
            return ()
        low, high = sentence.row_head.start, sentence.row_head.end
        return tuple(place.area for place in self.places if low <= place.start < high and place.province)[:1]

    def _named(self, sentence: Sentence) -> tuple[Told, ...]:
        """The places a sentence speaks of: named where a subject stands, and other than the essay's own."""
        low = bisect_left(self.starts, sentence.start)
        titles = [m.span() for m in TITLE_OF_DOCUMENT.finditer(sentence.text)]
        found: list[Told] = []
        last_end = -1
        for place in self.places[low:]:
            if place.start >= sentence.end:
                break
            at = place.start - sentence.start
            if place.province is None or any(a <= at < b for a, b in titles):
                continue
            joined = last_end >= 0 and JOINED.fullmatch(self.text, last_end, place.start)
            if joined:
                found[-1] = Told(found[-1].start, (*found[-1].areas, place.area))
            elif self._is_spoken_of(sentence, place):
                found.append(Told(place.start, (place.area,)))
            else:
                continue
            last_end = place.end
        found += [Told(sentence.start + m.start(), ()) for m in THE_OTHERS.finditer(sentence.text)]
        found.sort(key=lambda told: told.start)
        ours = (told for told in found if not any(_within(self.home, area) for area in told.areas))
        return tuple(Told(told.start, tuple(dict.fromkeys(told.areas))) for told in ours)

    def _is_spoken_of(self, sentence: Sentence, place: Place) -> bool:
        """Whether a place stands like a subject: 福建省要求, 先说山东潍坊。; a part of ours also as 赴西林县的."""
        before = sentence.text[: place.start - sentence.start]
        after = sentence.text[place.end - sentence.start :]
        ours = _within(place.area, self.home) and PART_OF_OURS.match(after)
        if ours and (not before or GOING_THERE.search(before)):
            return True
        if ONWARD.search(before):
            return False
        if self.compares and CLAUSE_BEGINS.search(before) and PART_OF_OURS.match(after):
            return True
        return bool(SHOWN_BY.search(before) and TELLS.match(after)) or bool(TALK_OF.search(before))

    @cached_property
    def compares(self) -> bool:
        """Whether the essay sets places side by side: three or more of them open a clause, none of them its own."""
        opening = {
            place.area
            for place in self.places
            if place.province and CLAUSE_BEGINS.search(self.text[place.start - 1 : place.start])
        }
        return len({area for area in opening if not _within(self.home, area)}) >= COMPARED

    @cached_property
    def home(self) -> Area:
        """The place the essay speaks for: its heading's, its page's, its issuer's; NOWHERE where nothing says."""
        area = resolve(self.essay.heading) if self.essay.heading else NOWHERE
        if self.alone or self.meta.document_number or self.meta.issuing_body:
            area = _filled(area, home_area(self.meta))
        head = self.text[self.essay.start : self.essay.start + HEAD]
        area = _filled(area, area_of_document_number(head) or NOWHERE)
        for place in self.places:
            if self._is_issuer(place):
                area = _filled(area, place.area)
        return self._refined(area)

    def _is_issuer(self, place: Place) -> bool:
        """Whether a place is named as an office's or a document's, at the head or the foot of the essay."""
        near_head = place.start < self.essay.start + HEAD
        near_foot = place.end > self.essay.end - 120
        if place.province is None or not (near_head or near_foot) or self._is_told_of(place):
            return False
        if self.text[place.start - 1 : place.start] == "、" or self.text[place.end : place.end + 1] == "、":
            return False  # 甘孜、阿坝、凉山三州教师
        line = self.text[self.text.rfind("\n", 0, place.start) + 1 : place.start]
        if ADDRESSED.match(line):
            return False
        in_title = "《" in line and "》" not in line[line.rfind("《") :]
        return bool(OFFICE.match(self.text, place.end)) and (in_title or near_foot or self._heads_document(place))

    def _heads_document(self, place: Place) -> bool:
        before = self.text[max(self.essay.start, place.start - 30) : place.start]
        return not re.search(r"如|例如|比如|做法|经验|看看|要求", before) and not TELLS.match(
            self.text[place.end : place.end + 3]
        )

    def _refined(self, area: Area) -> Area:
        """The area with the city or county that the essay names again and again, or alone."""
        if area.county is not None:
            return area
        if area == NOWHERE and (city := self._city_of_most()):
            return city
        counts: dict[Area, int] = {}
        for place in self.places:
            if (
                place.province is not None
                and (_within(place.area, area) or area == NOWHERE)
                and not self._is_told_of(place)
            ):
                counts[place.area] = counts.get(place.area, 0) + 1
        deeper = {found: n for found, n in counts.items() if found.county or (found.city and not area.city)}
        others = {place.province for place in self.places if place.province}
        best = max(deeper, key=lambda found: (deeper[found], found.county is not None, str(found)), default=None)
        if best is None or (area == NOWHERE and len(others) > 1):
            return area
        alone = all(_within(best, found) for found in deeper)
        enough = 2 if area != NOWHERE else 1
        return best if alone and deeper[best] >= enough else area

    def _city_of_most(self) -> Area | None:
        """The city three or more of whose counties the essay names: 跟我们的镇巴、佛坪差不多."""
        named = {place.area for place in self.places if place.county and place.city}
        cities = Counter(area._replace(county=None) for area in named)
        return next((city for city, n in cities.most_common(1) if n >= ENOUGH_COUNTIES), None)

    def _is_told_of(self, place: Place) -> bool:
        """福建省要求: a place whose rule is told stands before the verb, like a person."""
        before = self.text[max(self.essay.start, place.start - 12) : place.start]
        if TALK_OF.search(before):
            return True
        return bool(
            SHOWN_BY.search(before)
            and re.match("等?地?(?:要求|规定|明确|提出|的|则|也|等|，)", self.text[place.end : place.end + 6])
        )

    def quoted_from(self, sentence: Sentence) -> str | None:
        """The document or body whose rule a sentence repeats: 根据《…》规定, 按照省教育厅要求."""
        match = QUOTED.search(sentence.text)
        if not match:
            return None
        return match["title"] or match["says"] or match["body"]


def _filled(area: Area, other: Area) -> Area:
    """The area with what another adds to it; itself where they gainsay each other."""
    if area == NOWHERE:
        return other
    return other if _within(other, area) else area


def _level(area: Area) -> str:
    """The smallest division that an area names."""
    return "county" if area.county else "city" if area.city else "province"


def _within(inner: Area, outer: Area) -> bool:
    """Whether one area is the other or lies in it."""
    return all(o is None or o == i for i, o in zip(inner, outer, strict=True)) and outer != NOWHERE
