"""HanLP: spans of a tagger that lies on this disk. The optional extra `hanlp`.

HanLP keeps weights as a pickle inside `model.pt`. Ours lie beside its `config.json` and `vocabs.json` as `weights.npz`,
which numpy reads without pickle; for the moment of loading they are given to `hanlp.load` as it wants them, in a
temporary folder, and torch reads them with `weights_only=True`.
"""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from corpus_tools.errors import MissingExtraError, ModelError

WEIGHTS = "weights.npz"
KEPT = ("config.json", "vocabs.json")
LONGEST = 200  # characters of one sentence that are read; a longer one is read in pieces
BATCH = 64


class Tagged(NamedTuple):
    """A span of a sentence and what it is."""

    start: int
    end: int
    label: str


class Tagger:
    """A loaded HanLP tagger."""

    def __init__(self, component: Callable[..., list[list[tuple[str, str, int, int]]]]) -> None:
        self._component = component

    def spans(self, sentences: Sequence[str]) -> list[list[Tagged]]:
        """The spans of each sentence, in order."""
        pieces = [
            (number, at, list(sentence[at : at + LONGEST]))
            for number, sentence in enumerate(sentences)
            for at in range(0, len(sentence), LONGEST)
        ]
        found: list[list[Tagged]] = [[] for _ in sentences]
        if pieces:  # HanLP raises on an empty sentence, and on no sentences
            answers = self._component([piece for *_, piece in pieces], batch_size=BATCH)
            for (number, at, _), spans in zip(pieces, answers, strict=True):
                found[number] += [Tagged(at + start, at + end, label) for _, label, start, end in spans]
        # HanLP's order changes with the hash seed
        return [sorted(spans) for spans in found]


def check_installed() -> None:
    """Nothing where HanLP and torch are installed. Raises MissingExtraError, which says how to install them."""
    if any(find_spec(name) is None for name in ("hanlp", "torch")):
        raise MissingExtraError("The HanLP tagger (--ner hanlp)", "hanlp")


def load(folder: Path) -> Tagger:
    """The tagger in a folder; nothing is looked for on the network.

    Raises ModelError where the folder does not hold one, MissingExtraError where HanLP is not installed.
    """
    lacking = [name for name in (*KEPT, WEIGHTS) if not (folder / name).is_file()]
    if lacking:  # HanLP takes a path that does not exist for a name and asks the network for it
        raise ModelError(f"{folder} holds no tagger: {', '.join(lacking)} missing. Make one with scripts/train_tagger.")
    check_installed()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its companions carry invalid escapes
        import hanlp
        import numpy as np
        import torch

        torch.set_num_threads(1)  # ten times faster than two for a model this small
        with tempfile.TemporaryDirectory() as temporary, np.load(folder / WEIGHTS, allow_pickle=False) as weights:
            for name in KEPT:
                shutil.copyfile(folder / name, Path(temporary) / name)
            state = {name: torch.from_numpy(weights[name].astype(np.float32)) for name in sorted(weights.files)}
            torch.save(state, Path(temporary) / "model.pt")
            return Tagger(hanlp.load(temporary, devices=-1, verbose=False))


def store(made: Path, folder: Path) -> None:
    """Keep a tagger that HanLP saved in `made` in `folder`, its weights as half-precision numbers without pickle."""
    import numpy as np
    import torch

    state = torch.load(made / "model.pt", map_location="cpu", weights_only=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name in KEPT:
        shutil.copyfile(made / name, folder / name)
    np.savez(folder / WEIGHTS, **{name: state[name].numpy().astype(np.float16) for name in sorted(state)})
