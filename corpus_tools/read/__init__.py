"""Files into pages: which files, which encoding, which format; offsets always into the file as it stands."""

from corpus_tools.read.bundle import mended
from corpus_tools.read.decode import Damage, Decoded, byte_span, decode
from corpus_tools.read.files import Input, find_inputs, printable
from corpus_tools.read.formats import Reading, iter_pages, read_bytes, read_input, read_pages
from corpus_tools.read.mojibake import mojibake_edits, mojibake_marks
from corpus_tools.read.settings import ReadConfig

__all__ = [
    "Damage",
    "Decoded",
    "Input",
    "ReadConfig",
    "Reading",
    "byte_span",
    "decode",
    "find_inputs",
    "iter_pages",
    "mended",
    "mojibake_edits",
    "mojibake_marks",
    "printable",
    "read_bytes",
    "read_input",
    "read_pages",
]
