"""Which column of a row is the text, and which tell about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus_tools.errors import FormatError
from corpus_tools.records import PageMeta

# Fields that hold the text where the settings name none, likeliest first.
TEXT_FIELDS = ("text", "content", "body", "raw", "raw_content", "正文", "内容", "article", "html", "raw_html")
HTML_FIELDS = frozenset({"html", "raw_html"})
META_FIELDS = {
    "title": ("title", "标题", "headline", "name"),
    "address": ("url", "link", "address", "source_url", "网址", "链接"),
    "site": ("site", "site_name", "domain", "source", "来源", "网站"),
    "date": ("date", "publish_date", "published", "pubdate", "publish_time", "time", "日期", "发布时间"),
    "document_number": ("document_number", "文号"),
    "issuing_body": ("issuing_body", "发文机关"),
}


def text_field(values: Mapping[str, Any], wanted: str, doc: str) -> str:
    """The field that holds the text; FormatError names the fields there are."""
    names = (wanted,) if wanted else TEXT_FIELDS
    for name in names:
        if isinstance(values.get(name), str):
            return name
    if empty := next((name for name in names if name in values), None):
        raise FormatError(f"{doc} holds no text in its field {empty!r}.")
    there = ", ".join(list(map(str, values))[:12]) or "no fields at all"
    raise FormatError(f"{doc} has no text field {' or '.join(names[:4])}; it has {there}. Name it with --text-field.")


def meta_of(values: Mapping[str, Any]) -> PageMeta:
    """What the row says of its page in fields beside the text."""
    found: dict[str, str] = {}
    for slot, names in META_FIELDS.items():
        said = (values[name] for name in names if isinstance(values.get(name), str | int) and values[name])
        value = str(next(said, "")).strip()
        if value:
            found[slot] = value[:500]
    return PageMeta(**found)
