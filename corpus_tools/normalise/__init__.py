"""Pages in one canonical form: one script, one width, no invisible characters, no sentence cut in two.

What later rooms may count on in `str(page.text)`:

- simplified characters (unless the settings ask for another script);
- Chinese sentences use ，。；：？！（）“” …… ——; digits, Latin letters and % are half-width; numbers, times, addresses
  and Latin text keep their half-width marks (3.5  1,000  9:00  https://…). Brackets that touch or hold a Chinese
  character are full-width, so 县（区） and （1）并非; ranges may still be written 3～5, 3—5, 3-5 or 3~5;
- lines end in \\n; tabs and ideographic spaces are spaces, one at a time, none at the ends of a line; no zero-width,
  control or bidi characters; no HTML entities; no space inside a Chinese sentence or between a number and its unit;
- 《》〔〕「」 ① ㈠ ㎡ and every other mark of the author's stand as they stood; markdown # and \\_\\_ too;
- hidden words (20xx, ××, □) stand as they stood and are in `page.marks`;
- sentences cut by wrapping or page breaks are whole; paragraphs, headings, items and verse keep their lines.

Cleaning what is clean changes nothing.
"""

from corpus_tools.normalise.page import NormaliseConfig, normalise, normalise_text
from corpus_tools.normalise.script import Script, Variant, detect_script, to_simplified

__all__ = ["NormaliseConfig", "Script", "Variant", "detect_script", "normalise", "normalise_text", "to_simplified"]
