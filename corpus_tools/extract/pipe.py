"""The spaCy component `policy_facts`: facts as spans of a Doc, beside whatever else a pipeline holds.

    import spacy
    nlp = spacy.blank("zh")                  # characters; or with the jieba segmenter
    nlp.add_pipe("policy_facts")             # known by the entry point `spacy_factories`, or once this is imported
    doc = nlp("教师在同一所学校任教满六年的，应当交流。")
    [(span.label_, span._.fact.value) for span in doc.spans["policy_facts"]]

spaCy is imported here and nowhere else in this room, so that reading facts without it stays light.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from corpus_tools.extract.facts import ExtractConfig, extract_facts
from corpus_tools.records import PageMeta

SPANS_KEY = "policy_facts"

if not Doc.has_extension("facts"):
    Doc.set_extension("facts", default=())
if not Doc.has_extension("page_meta"):
    Doc.set_extension("page_meta", default=None)
if not Span.has_extension("fact"):
    Span.set_extension("fact", default=None)


class PolicyFacts:
    """Reads the facts of a Doc into `doc._.facts` and `doc.spans[spans_key]`, one span a fact, labelled by its measure.

    What the page says of itself can be given as `doc._.page_meta`, a `PageMeta`. A span covers the tokens that the
    quote touches; `span._.fact` is the fact with its exact characters.
    """

    def __init__(self, packs: Sequence[str], min_confidence: float, spans_key: str) -> None:
        self.config = ExtractConfig(packs=tuple(packs), min_confidence=min_confidence)
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc, with its facts."""
        meta = doc._.page_meta if doc._.page_meta is not None else PageMeta()
        facts = extract_facts(doc.text, meta=meta, config=self.config)
        spans = []
        for fact in facts:
            span = doc.char_span(fact.start, fact.end, label=fact.measure, alignment_mode="expand")
            if span is not None:
                span._.fact = fact
                spans.append(span)
        doc.spans[self.spans_key] = spans
        doc._.facts = tuple(facts)
        return doc


@Language.factory(
    "policy_facts",
    default_config={"packs": ["teacher_rotation"], "min_confidence": 0.0, "spans_key": SPANS_KEY},
    assigns=["doc._.facts", "doc.spans"],
)
def make_policy_facts(nlp: Language, name: str, packs: list[str], min_confidence: float, spans_key: str) -> PolicyFacts:
    """The component for `nlp.add_pipe("policy_facts", config={"packs": [...]})`."""
    return PolicyFacts(packs, min_confidence, spans_key)
