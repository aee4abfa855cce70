"""Builders of made-up records for the tests of the store."""

from hashlib import sha256

from corpus_tools.records import Essay, Evidence, Fact, Mark, Page, PageMeta, Section, Source
from corpus_tools.store import Database
from corpus_tools.text import Edit, Text


def page(raw="教师交流轮岗。", doc="a.txt", edits=(), marks=(), title=None):
    data = raw.encode()
    source = Source(doc, sha256(data).hexdigest(), "utf-8", "text/plain", 0, len(data))
    return Page(source, Text(raw).edited(edits), PageMeta(title=title), tuple(marks))


def whole(page, heading="", number=1):
    """The whole page as one essay."""
    return Essay(number, heading, 0, len(page.text))


def fact(page, quote, **slots):
    """A fact whose quote stands in the page's clean text."""
    start = str(page.text).index(quote)
    given = {"kind": "quota", "measure": "exchange_share", "op": ">=", "value": 10, "unit": "%", **slots}
    return Fact(start=start, end=start + len(quote), quote=quote, **given)


def slot(page, name, words):
    start = str(page.text).index(words)
    return Evidence(name, start, start + len(words))


def memory():
    return Database(":memory:", create=True)


def put(database, page, essays=None, facts=(), path="/in/a.txt", failures=()):
    """Stores one page the way a run does."""
    essays = [whole(page)] if essays is None else essays
    with database.transaction():
        number = database.begin_input(page.source.doc, path, page.source.sha256, "settings")
        database.add_page(number, page, essays, facts)
        for failure in failures:
            database.add_failure(number, failure)
        database.mark_input(number, 1, done=True)


def texts(database, *contents):
    """Stores each text as a page of one essay: 000.txt, 001.txt, …"""
    for n, content in enumerate(contents):
        put(database, page(content, f"{n:03}.txt"))


__all__ = ["Edit", "Mark", "Section", "fact", "memory", "page", "put", "slot", "texts", "whole"]
