"""Stands in for a worker process in tests: a page whose name says so kills it, holds it up or slows it."""

import os
import time

from corpus_tools.run import processes, work

_through_the_rooms = work.process_page
_read_input = work.read_input


def _outcome(page, data, config, repeats):
    if "deadly" in page.source.doc:
        os._exit(9)
    if "slow" in page.source.doc:
        time.sleep(600)
    return _through_the_rooms(page, data, config, repeats)


def _read(item, config):
    if "unreadable" in item.doc:
        os._exit(9)
    return _read_input(item, config)


serve_pages = processes._serve


def serve(pipe, config):
    work.process_page = _outcome
    work.read_input = _read
    serve_pages(pipe, config)
