"""The boilerplate rules as they stand in `lexicon/boilerplate.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus_tools.errors import ConfigError
from corpus_tools.lexicon import table
from corpus_tools.records import BOILERPLATE_KINDS
from corpus_tools.strip.classifier import line_model
from corpus_tools.strip.kernels import Index, kernels

# 某某教师之家, 好文网: the words inside a site's name are not the author's
SITE_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}(?:之家|资料网|文库|范文网|资源网|[^上局府校院厅]网)")
# Without one of these a line between essays does not reach the score that is asked there.
TELLING = re.compile(
    r"[下版侵转关公网小本上备©hwCc](?:(?<=[下版侵转关公网小本上备©])载?(?:载|权|注|众|友|编|站|篇|案)|"
    r"(?<=h)ttps?:|(?<=w)ww\.|(?<=©)|(?<=[Cc])opyright)"
)
# A whole sentence leads to other pages only where it names something of the web: 扫一扫地,擦一擦窗,新学期就开始了。
SITE_SPEAKS = re.compile(
    r"二维码|公众号|微信|微博|APP|App|客户端|手机|下载|关注我们|登录|登陆|注册|点击|链接|本站|网站|小编|版权|全文|本文|收藏|>"
)
SENTENCE = re.compile(r".{12,}。")
SURE = 0.9  # at this chance the model takes none of the author's lines held back from its training
LIKELY = 0.5
PLACES = frozenset({"head", "tail", "opening", "anywhere"})
SCOPES = frozenset({"line", "inside"})
LONG = 120  # characters of a paragraph, which few rules are for
BESIDE = 3  # 教育局网站(http://…)公示七天: so many characters on either side tell whose address it is


@dataclass(frozen=True, slots=True)
class Rule:
    """What a run of boilerplate looks like, where it may stand, and why it goes."""

    name: str
    kind: str
    place: str
    scope: str
    pattern: re.Pattern[str]
    reason: str
    example: str
    unless: re.Pattern[str] | None = None
    max_chars: int = 200
    below: bool = False  # only above another line of the site
    amid: bool = False  # only below another line of the site as well
    header: bool = False  # short lines below it, to the end of the page, go with it

    def takes(self, line: str) -> bool:
        """Whether a whole folded line is of this kind."""
        if len(line) > self.max_chars or not self.pattern.fullmatch(line):
            return False
        if self.kind == "related_links" and line.endswith("。") and not SITE_SPEAKS.search(line):
            return False
        return self.unless is None or not self.unless.search(line)

    def spares(self, text: str, start: int, end: int) -> bool:
        """Whether a run inside a line is the author's by its own words or by those right beside it."""
        return self.unless is not None and self.unless.search(text[max(0, start - BESIDE) : end + BESIDE]) is not None


@cache
def rules(scope: str) -> tuple[Rule, ...]:
    """The rules for whole lines (`line`) or for runs inside a line (`inside`), in file order."""
    return tuple(rule for rule in map(_rule, table("boilerplate.toml")["rule"]) if rule.scope == scope)


class LineRules:
    """Rules for whole lines, few of which are tried on one: those of which it holds a kernel."""

    def __init__(self, chosen: Sequence[Rule]) -> None:
        self._all = self._indexed(chosen)
        self._for_long = self._indexed([rule for rule in chosen if rule.max_chars > LONG])

    @staticmethod
    def _indexed(chosen: Sequence[Rule]) -> Index[Rule]:
        return Index([(kernels(rule.pattern.pattern), rule) for rule in chosen])

    def first(self, line: str) -> Rule | None:
        """The first rule that takes a line."""
        index = self._for_long if len(line) > LONG else self._all
        return next((rule for rule in index.possible(line) if rule.takes(line)), None)


@cache
def line_rules(*places: str) -> LineRules:
    """The rules for whole lines that may stand at one of `places`."""
    return LineRules([rule for rule in rules("line") if rule.place in places])


def _rule(row: dict[str, Any]) -> Rule:
    if row["kind"] not in BOILERPLATE_KINDS or row["place"] not in PLACES or row["scope"] not in SCOPES:
        raise ConfigError(f"boilerplate.toml: rule {row['name']!r} has an unknown kind, place or scope.")
    return Rule(
        name=row["name"],
        kind=row["kind"],
        place=row["place"],
        scope=row["scope"],
        pattern=re.compile(row["pattern"]),
        reason=row["reason"],
        example=row["example"],
        unless=re.compile(row["unless"]) if "unless" in row else None,
        max_chars=row.get("max", 200),
        below=row.get("below", False),
        amid=row.get("amid", False),
        header=row.get("header", False),
    )


@dataclass(frozen=True, slots=True)
class Cue:
    """Something that lines of the site mention."""

    name: str
    kind: str
    weight: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues, and how much is needed."""

    index: Index[Cue]
    author: re.Pattern[str]
    short: int
    long: int
    need_short: int
    need_long: int
    need_anywhere: int

    def weigh(self, line: str, title: str) -> tuple[int, str, str]:
        """The score of a folded line, the kind most of it speaks for, and its cues. `title`: the page's own."""
        found = self._found(line)
        if not found:
            return 0, "", ""
        kinds: dict[str, int] = {}
        for cue in found:
            kinds[cue.kind] = kinds.get(cue.kind, 0) + cue.weight
        score = sum(kinds.values())
        bare = SITE_NAME.sub("", line.replace(title, "") if title else line)
        if self.author.search(bare):
            score -= 2
        return score, max(sorted(kinds), key=lambda kind: kinds[kind]), " ".join(cue.name for cue in found)

    def _found(self, line: str) -> list[Cue]:
        """The cues in a line by name, read from left to right: of those that begin at one place the first alone."""
        found: dict[str, Cue] = {}
        ahead = [(cue, match) for cue in self.index.possible(line) if (match := cue.pattern.search(line))]
        while ahead:
            cue, first = min(ahead, key=lambda one: one[1].start())
            found[cue.name] = cue
            again = ((cue, cue.pattern.search(line, first.end())) for cue, _ in ahead)
            ahead = [(cue, match) for cue, match in again if match]
        return [found[name] for name in sorted(found)]

    def is_foot(self, line: str, title: str, beside: bool = False) -> tuple[str, str] | None:
        """The kind of a line at the foot or head of a page, with its cues; None where it may be the author's.

        Where the cues nearly suffice the learned model may tip the scale; so may the line `beside` being the site's,
        unless the model takes this one for an author's.
        """
        if len(line) > self.long:
            return None
        score, kind, names = self.weigh(line, title)
        short = len(line) <= self.short and not SENTENCE.fullmatch(line)
        needed = self.need_short if short else self.need_long
        if score >= needed:
            return kind, names
        beside = beside and short
        model = line_model() if score + 1 + beside >= needed and score >= 0 and (score or beside) else None
        chance = model.probability(line) if model else 0.0
        points = score + (chance >= SURE) + (beside and chance >= LIKELY)
        return (kind or "related_links", f"{names} model {chance:.2f}".strip()) if points >= needed else None

    def is_likely(self, line: str) -> bool:
        """Whether the learned model takes a short line for a site's."""
        model = line_model() if len(line) <= self.short else None
        return model is not None and model.probability(line) >= LIKELY

    def is_furniture(self, line: str, title: str) -> tuple[str, str] | None:
        """The same for a line between essays, where more is asked."""
        if len(line) > self.long or not TELLING.search(line):
            return None
        score, kind, names = self.weigh(line, title)
        return (kind, names) if score >= self.need_anywhere else None


@cache
def cues() -> Cues:
    """The cues of `lexicon/boilerplate.toml`."""
    data = table("boilerplate.toml")
    rows = data["cue"]
    return Cues(
        index=Index(
            [
                (kernels(row["pattern"]), Cue(row["name"], row["kind"], row["weight"], re.compile(row["pattern"])))
                for row in rows
            ]
        ),
        author=re.compile(data["foot"]["author"]),
        **{name: data["foot"][name] for name in ("short", "long", "need_short", "need_long", "need_anywhere")},
    )
