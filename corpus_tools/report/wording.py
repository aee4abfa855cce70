"""Facts and relations in words a reader knows."""

from __future__ import annotations

from corpus_tools.records import Fact, Pair
from corpus_tools.store.stored import StoredPair

KINDS = {
    "rotation_term": "Rotation terms 轮岗年限",
    "quota": "Quotas 交流比例",
    "subsidy": "Subsidies 补助待遇",
    "eligibility": "Eligibility 交流条件",
    "exemption": "Exemptions 暂不交流",
    "promotion_requirement": "Promotion requirements 晋升要求",
    "sanction": "Sanctions 违规处理",
}
MEASURES = {
    "same_school_limit": "years in one school before rotating",
    "exchange_duration": "length of one exchange",
    "exchange_share": "share of people exchanged",
    "exchange_headcount": "number of people exchanged",
    "allowance": "money or benefit",
    "bonus_multiplier": "pay as a multiple",
    "age_limit": "age limit",
    "service_minimum": "experience needed",
    "exempt_group": "group left out",
    "exchange_experience": "exchange needed for promotion",
    "ban_period": "barred after refusing",
    "pay_cut": "pay withheld",
    "absence_limit": "absence allowed",
}
RELATIONS = {
    "near_duplicate": "near duplicates",
    "contains_a": "the left stands inside the right",
    "contains_b": "the right stands inside the left",
    "shares_passage": "share a passage",
}
VERDICTS = {"accept": "✓ accepted", "correct": "✎ corrected", "reject": "✗ rejected"}
SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": ""}


def value(fact: Fact) -> str:
    """The value with its comparator and unit: ≥ 3 年, 1.5–3 倍, 20,000 元 / 年; 'hidden' where it is masked."""
    if fact.masked:
        return "hidden"
    if fact.value is None:
        return "—"
    if isinstance(fact.value, tuple):
        number = "–".join(number_text(bound) for bound in fact.value)
    else:
        number = SIGNS.get(fact.op or "=", "") + number_text(fact.value)
    return f"{number} {fact.unit or ''}".rstrip() + (f" / {fact.per}" if fact.per else "")


def number_text(number: float) -> str:
    """A number as people write it: 3, 0.5, 20,000."""
    return f"{number:,.10g}"


def place(fact: Fact) -> str:
    """The smallest named place with those above it: 浙江省 温州市 瑞安市; empty where none is known."""
    return " ".join(part for part in (fact.province, fact.city, fact.county) if part)


def relation(pair: Pair | StoredPair) -> str:
    """How the two are related, as a reader of two columns sees it."""
    return RELATIONS[pair.relation]
