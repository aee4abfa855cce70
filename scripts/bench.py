"""How fast each room is: MB of UTF-8 text a second on one core, beside OpenCC's t2s alone on the same text."""

import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from corpus_tools.config import Config
from corpus_tools.errors import CorpusToolsError
from corpus_tools.extract import extract_facts
from corpus_tools.nlp.opencc import convert
from corpus_tools.normalise import normalise
from corpus_tools.read import Input, find_inputs, read_input
from corpus_tools.records import Page
from corpus_tools.segment import segment
from corpus_tools.strip import strip_boilerplate
from corpus_tools.text import Edit, Text

T = TypeVar("T")
WARM_UP_FILES = 20
LEAST_SECONDS = 3.0  # a small corpus is read again and again; the quickest pass says most, as others share the machine
ROOMS = ["read", "normalise", "strip", "segment", "extract"]


class Clock:
    """CPU seconds by what they were spent on."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def timed(self, name: str, work: Callable[[], T]) -> T:
        began = time.process_time()
        result = work()
        self.seconds[name] += time.process_time() - began
        return result


def measured(paths: list[Path]) -> tuple[dict[str, float], float]:
    """The seconds of each room in its quickest pass and the megabytes that go through them in one."""
    inputs = find_inputs(paths, Config().read)
    warm_up(inputs)
    passes: list[Counter[str]] = []
    while sum(seconds.total() for seconds in passes) < LEAST_SECONDS:
        clock = Clock()
        size = one_pass(inputs, clock)
        passes.append(clock.seconds)
    return {name: min(seconds[name] for seconds in passes) for name in passes[0]}, size / 1e6


def one_pass(inputs: list[Input], clock: Clock) -> int:
    """Every file from its bytes to facts; the bytes of their text."""
    size = 0
    for item in inputs:
        try:
            pages = clock.timed("read", lambda item=item: read_input(item)).pages
        except CorpusToolsError as error:
            print(f"{item.doc}: {error}", file=sys.stderr)
            continue
        for page in pages:
            size += len(page.text.raw.encode(errors="replace"))
            through_the_rooms(page, clock)
    return size


def through_the_rooms(page: Page, clock: Clock) -> None:
    """One page from raw text to facts, and its raw text through OpenCC."""
    clock.timed("OpenCC t2s alone", lambda: convert(page.text.raw, "t2s"))
    page = clock.timed("normalise", lambda: normalise(page))
    page = clock.timed("strip", lambda: strip_boilerplate(page))
    text = str(page.text)
    essays = clock.timed("segment", lambda: segment(text))
    clock.timed("extract", lambda: extract_facts(text, essays, page.meta))


def warm_up(inputs: list[Input]) -> None:
    """Loads what the rooms load on first use: dictionaries, rules, models."""
    for item in inputs[:WARM_UP_FILES]:
        with suppress(CorpusToolsError):
            for page in read_input(item).pages[:WARM_UP_FILES]:
                through_the_rooms(page, Clock())


def mapping_milliseconds() -> float:
    """For a text of 100,000 characters with 1,000 edits: milliseconds for 1,000 spans there and back."""
    text = Text("教师交流轮岗" * 17_000).edited(Edit(i * 100, i * 100 + 2, "校", "stray_char") for i in range(1_000))
    began = time.perf_counter()
    for i in range(0, 100_000, 100):
        text.clean_span(*text.raw_span(i, i + 10))
    return 1000 * (time.perf_counter() - began)


def main() -> None:
    seconds, megabytes = measured([Path(name) for name in sys.argv[1:]] or [Path("corpus/sample")])
    print(f"{megabytes:.1f} MB of UTF-8 text")
    for name in [*ROOMS, "OpenCC t2s alone"]:
        print(f"  {name:<20} {megabytes / seconds[name]:8.2f} MB/s")
    to_essays = sum(seconds[name] for name in ROOMS[:-1])
    print(f"  {'decode to segments':<20} {megabytes / to_essays:8.2f} MB/s")
    print(f"  {'all rooms':<20} {megabytes / (to_essays + seconds['extract']):8.2f} MB/s")
    print(f"100,000 characters with 1,000 edits: {mapping_milliseconds():.1f} ms for 1,000 spans there and back")


if __name__ == "__main__":
    main()
