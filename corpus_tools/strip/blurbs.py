"""Paragraphs in which a site speaks: what introduces its texts, and editors' notes inside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

# 现将我的做法整理如下,供大家参考: an author offers his own; a site names itself, says 您, or speaks of writing
SITE_VOICE = re.compile(r"小编|网友|本站(?!位)|本网|范文网|[为给供对]您")
OF_WRITING = re.compile(r"(?:怎么|怎样|如何)写|无从下手|写作")
OWN_VOICE = re.compile(r"我[校的组班县园]|本[校组班县园]|学生写")
NOTE_CLOSE = 30  # an editor's note ends by offering the text to the reader


def introduces(line: str, words: Mapping[str, Sequence[str]], strong: int) -> bool:
    """Whether a paragraph is a template site's introduction."""
    if len(line) > 500 or not any(cue in line for cue in words["voice"]):
        return False
    found = [cue for cue in words["strong"] if cue in line]
    hits = sum(not any(cue in other for other in found if other != cue) for cue in found)  # 仅供参考 is one, not two
    return hits >= strong and 2 * hits + sum(cue in line for cue in words["weak"]) >= 4


def is_site_voice(line: str) -> bool:
    """Whether who offers a text is the site and not its author."""
    return bool(SITE_VOICE.search(line) or (OF_WRITING.search(line) and not OWN_VOICE.search(line)))


def is_editor_note(line: str, words: Mapping[str, Sequence[str]]) -> bool:
    """Whether a paragraph is a note by an editor of the site, who offers what stands below it to the reader."""
    return (
        len(line) <= 300
        and any(cue in line for cue in words["editor"])
        and sum(cue in line for cue in words["editor_close"]) >= 2
        and any(cue in line[-NOTE_CLOSE:] for cue in words["editor_close"])
    )
