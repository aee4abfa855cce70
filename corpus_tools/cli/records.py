"""Records as the lines of JSON that commands print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus_tools.records import Fact
from corpus_tools.report import wording
from corpus_tools.store.reviews import Judgement
from corpus_tools.store.stored import Hit
from corpus_tools.store.trace import Trace


def fact_record(fact: Fact) -> dict[str, Any]:
    """A fact with the slots of the labelling guide."""
    return {
        "kind": fact.kind,
        "measure": fact.measure,
        "op": fact.op,
        "value": list(fact.value) if isinstance(fact.value, tuple) else fact.value,
        "unit": fact.unit,
        "per": fact.per,
        "subject": fact.subject,
        "base": fact.base,
        "modality": fact.modality,
        "province": fact.province,
        "city": fact.city,
        "county": fact.county,
        "masked": fact.masked,
        "quote": fact.quote,
        "start": fact.start,
        "end": fact.end,
    }


def hit_record(hit: Hit, judgements: Mapping[str, Judgement]) -> dict[str, Any]:
    """A hit with where it stands and, for a fact, its slots and what the latest review says of it."""
    record: dict[str, Any] = {
        "doc": hit.id.doc,
        "essay": hit.id.essay,
        "heading": hit.heading,
        "text": hit.text,
        "matches": [list(match) for match in hit.matches],
        "copies": hit.copies,
    }
    if hit.fact is not None:
        judged = judgements.get(hit.fact.id)
        record |= {"fact": hit.fact.id, **fact_record(hit.fact.fact), "review": judged.record() if judged else None}
    return record


def trace_record(trace: Trace) -> dict[str, Any]:
    """A fact's way back to its bytes."""
    return {
        "fact": trace.fact.id,
        "measure": trace.fact.fact.measure,
        "value": wording.value(trace.fact.fact),
        "doc": trace.fact.doc,
        "essay": trace.fact.fact.essay,
        "file": str(trace.path),
        "sha256": trace.sha256,
        "encoding": trace.encoding,
        "byte_start": trace.byte_start,
        "byte_end": trace.byte_end,
        "start": trace.raw_start,
        "end": trace.raw_end,
        "raw": trace.raw_quote,
        "clean": trace.clean_quote,
        "status": trace.status,
    }
