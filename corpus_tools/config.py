"""Every room's settings gathered. One field is one TOML key and one flag.

    # corpus.toml
    [dedupe]
    min_jaccard = 0.6

What is not named keeps its default. A table or key that does not exist stops at once, before any work is done.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from corpus_tools.dedupe import DedupeConfig
from corpus_tools.errors import ConfigError
from corpus_tools.extract import ExtractConfig
from corpus_tools.normalise import NormaliseConfig
from corpus_tools.read import ReadConfig
from corpus_tools.segment import SegmentConfig
from corpus_tools.strip import StripConfig

PACKAGE = Path(__file__).parent
# In a checkout what was learnt stands beside the package, in an installed wheel inside it.
MODELS = (PACKAGE / "models", PACKAGE.parent / "models")
# Whatever of ours decides what a page becomes, and which essays are copies: code and data alike.
PAGE_SOURCES = (
    "text.py",
    "codes.py",
    "records.py",
    "pipeline.py",
    "lexicon",
    "nlp",
    "read",
    "normalise",
    "strip",
    "segment",
    "extract",
    "run/work.py",  # how large files are parted
)
LINK_SOURCES = ("dedupe", "store/linking.py", "store/evidence.py")
# Libraries whose next version may cut or convert otherwise.
LIBRARIES = ("opencc", "jieba", "spacy", "scikit-learn", "pypdf", "python-docx")


@dataclass(frozen=True, slots=True)
class RunConfig:
    """Limits of a run; they do not change what comes out."""

    page_seconds: int = field(
        default=120, metadata={"help": "a page that takes longer is listed as failed; 0: no limit"}
    )

    def __post_init__(self) -> None:
        if self.page_seconds < 0:
            raise ConfigError(f"page_seconds is 0 (no limit) or more, not {self.page_seconds}.")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of every room."""

    read: ReadConfig = field(default_factory=ReadConfig)
    normalise: NormaliseConfig = field(default_factory=NormaliseConfig)
    strip: StripConfig = field(default_factory=StripConfig)
    segment: SegmentConfig = field(default_factory=SegmentConfig)
    dedupe: DedupeConfig = field(default_factory=DedupeConfig)
    extract: ExtractConfig = field(default_factory=ExtractConfig)
    run: RunConfig = field(default_factory=RunConfig)

    @classmethod
    def from_toml(cls, path: str | Path) -> Config:
        """The settings of a TOML file, defaults where it is silent. Raises ConfigError."""
        try:
            text = Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise ConfigError(f"{path} cannot be read: {reason}.") from error
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"{path} is not valid TOML: {error}.") from error
        try:
            return cls.from_tables(tables)
        except ConfigError as error:
            raise ConfigError(f"{path}: {error}") from error

    @classmethod
    def from_tables(cls, tables: Mapping[str, Any]) -> Config:
        """The settings from nested dictionaries, as TOML gives them. Raises ConfigError."""
        rooms = get_type_hints(cls)
        unknown = sorted(set(tables) - set(rooms))
        if unknown:
            raise ConfigError(f"there is no table [{unknown[0]}]. Known tables: {', '.join(rooms)}.")
        given: dict[str, Any] = {name: _room(name, rooms[name], values) for name, values in tables.items()}
        return cls(**given)

    def page_digest(self) -> str:
        """Changes when anything does that decides what becomes of a page: settings, code, data, libraries."""
        rooms = {name: asdict(getattr(self, name)) for name in ("read", "normalise", "strip", "segment", "extract")}
        return _digest(rooms, _sources(PAGE_SOURCES), _versions())

    def digest(self) -> str:
        """Changes when anything does that decides what comes out of a run, copies and evidence included."""
        dedupe = asdict(self.dedupe)
        dedupe.pop("workers", None)  # the result is the same for any number
        return _digest(self.page_digest(), dedupe, _sources(LINK_SOURCES))


def _room(name: str, room: type, values: object) -> object:
    """One room's settings from its table."""
    if not isinstance(values, dict):
        raise ConfigError(f"{name} is a table: write [{name}] and its keys below.")
    known = get_type_hints(room)
    given = {}
    for key, value in values.items():
        if key not in known:
            keys = ", ".join(f.name for f in fields(room))
            raise ConfigError(f"[{name}] has no key {key!r}. Known keys: {keys}.")
        given[key] = checked(f"[{name}] {key}", value, known[key])
    try:
        return room(**given)
    except ValueError as error:
        raise ConfigError(f"[{name}] {error}") from error


def checked(where: str, value: object, wanted: Any) -> object:  # noqa: ANN401  an annotation is of no one type
    """`value` as the type that a field is annotated with: lists become tuples, whole numbers may stand for others.

    Raises ConfigError where it is of another type.
    """
    origin, parts = get_origin(wanted), get_args(wanted)
    if origin is Literal:
        if value in parts:
            return value
        raise ConfigError(f"{where} is one of {', '.join(map(repr, parts))}, not {value!r}.")
    if origin in (Union, UnionType):
        plain = [part for part in parts if part is not NoneType]
        return checked(where, value, plain[0])  # TOML has no null: leaving the key out says None
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise ConfigError(f"{where} is a list, not {value!r}.")
        return tuple(checked(where, item, parts[0]) for item in value)
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        raise ConfigError(f"{where} is a {_NAMES.get(wanted, wanted)}, not {value!r}.")
    return value


_NAMES = {bool: "true or false", int: "whole number", float: "number", str: "string in quotes"}


def _digest(*parts: object) -> str:
    return sha256(json.dumps(parts, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


@cache
def _sources(names: tuple[str, ...]) -> str:
    """A digest of our own code and data under these names, and of the models."""
    found = sha256()
    for path, name in sorted(_files(names), key=lambda pair: pair[1]):
        found.update(name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _files(names: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    roots = [(PACKAGE / name, name) for name in names]
    roots += [(folder, "models") for folder in MODELS if folder.is_dir()][:1]
    for root, name in roots:
        if root.is_file():
            yield root, name
            continue
        for path in root.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path, f"{name}/{path.relative_to(root).as_posix()}"


@cache
def _versions() -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = ""
    return found
