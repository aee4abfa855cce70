"""What happens to a page, in order. Here and nowhere else: reorder, leave out or add a step in these few lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial, reduce
from pathlib import PurePath
from traceback import extract_tb

from corpus_tools.config import Config
from corpus_tools.errors import CorpusToolsError
from corpus_tools.extract import extract_facts
from corpus_tools.normalise import normalise
from corpus_tools.read import Input, byte_span, mended, read_input
from corpus_tools.records import Essay, Fact, Failure, Page, Source
from corpus_tools.segment import segment
from corpus_tools.strip import NONE, seams_of, strip_boilerplate
from corpus_tools.text import Edit, Span, Text

Step = Callable[[Page], Page]
# Half a character of UTF-16, which an escape in JSON can bring in: "\ud83d". No file and no database can hold it.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class PageResult:
    """A page, clean, with its essays and facts; positions are in its clean text."""

    page: Page
    essays: tuple[Essay, ...]
    facts: tuple[Fact, ...]
    byte_spans: tuple[Span | None, ...] = ()  # of each fact, in the file; None where it can no longer be read
    failure: Failure | None = None  # why essays or facts are missing


class PassingFailure(Failure):
    """A failure that may not happen again (a page took too long, a disk was away): the next run tries again."""

    __slots__ = ()


class TooSlow(CorpusToolsError):
    """A page took longer than a run allows."""


Outcome = PageResult | Failure


def cleaning_steps(config: Config, repeats: Mapping[str, str] = NONE) -> tuple[Step, ...]:
    """The order in which a page is cleaned."""
    return (
        without_lone_surrogates,
        partial(normalise, config=config.normalise),
        partial(strip_boilerplate, config=config.strip, repeats=repeats),
    )


def clean_page(page: Page, config: Config | None = None, repeats: Mapping[str, str] = NONE) -> Page:
    """The page after every cleaning step. `repeats`: lines that a run found on many pages of its folder, and why."""
    return reduce(lambda page, step: step(page), cleaning_steps(config or Config(), repeats), page)


def clean(text: str, config: Config | None = None) -> Text:
    """A string cleaned as a page is: `str()` of the result is the clean string, its edits say what was done.

    >>> str(clean("教師每年交流１０％。"))
    '教师每年交流10%。'
    """
    page = mended(Page(Source("-", "", "utf-8", "text/plain"), Text(text)))
    return clean_page(page, config).text


def process_input(item: Input, config: Config | None = None) -> Iterator[Outcome]:
    """What one file gave, page by page: results, and a Failure for what could not be read or stopped a step."""
    config = config or Config()
    try:
        reading = read_input(item, config.read)
    except Exception as error:
        yield failure(item.doc, error)
        return
    yield from reading.failures
    data = bytes_of(item)
    for page in reading.pages:
        yield process_page(page, data, config)


def process_page(page: Page, data: bytes | None, config: Config, repeats: Mapping[str, str] = NONE) -> Outcome:
    """One page through every room. `data`: the file's bytes. `repeats`: as for `clean_page`.

    One bad page must not stop the thousands beside it: where cleaning raises, a Failure; where a later step does, the
    page with what was found until then, and the Failure beside it.
    """
    try:
        result = PageResult(clean_page(page, config, repeats), (), ())
    except Exception as error:
        return failure(page.source.doc, error)
    try:
        text = str(result.page.text)
        result = replace(result, essays=segment(text, config.segment, seams_of(result.page)))
        facts = tuple(extract_facts(text, result.essays, result.page.meta, config.extract))
        return replace(result, facts=facts, byte_spans=tuple(_byte_spans(result.page, facts, data)))
    except Exception as error:
        return replace(result, failure=failure(page.source.doc, error))


def failure(doc: str, error: Exception) -> Failure:
    """Why a page was passed over, in one line; a defect of ours says where it is."""
    if isinstance(error, TooSlow):
        return PassingFailure(doc, str(error))
    if isinstance(error, CorpusToolsError):
        return Failure(doc, str(error))
    if isinstance(error, MemoryError | OSError):
        return PassingFailure(doc, f"{type(error).__name__}: {error}")
    frames = extract_tb(error.__traceback__)
    where = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return Failure(
        doc, f"{type(error).__name__} in {where}: {error}. This is a defect of corpus_tools; please report it."
    )


def without_lone_surrogates(page: Page) -> Page:
    """The page with U+FFFD for every half of a character."""
    return page.edited(
        Edit(found.start(), found.end(), "\ufffd", "surrogate") for found in LONE_SURROGATE.finditer(str(page.text))
    )


def bytes_of(item: Input) -> bytes | None:
    """The file's bytes; None where it can no longer be read."""
    try:
        return item.path.read_bytes()
    except OSError:
        return None


def _byte_spans(page: Page, facts: Iterable[Fact], data: bytes | None) -> Iterator[Span | None]:
    """Where each fact's quote stands in the file."""
    for fact in facts:
        raw = page.text.raw_span(fact.start, fact.end)
        yield byte_span(data, page.source, raw.start, raw.end) if data is not None else None
