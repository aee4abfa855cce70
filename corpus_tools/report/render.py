"""HTML from templates that travel with the package: escaped, in one file, asking nothing of the network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corpus_tools.errors import OutputError

if TYPE_CHECKING:
    from jinja2 import Environment


def environment() -> Environment:
    """Jinja2 with our templates; everything put into them is escaped, and a missing value is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    env = Environment(
        loader=PackageLoader("corpus_tools.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["count"] = "{:,}".format
    env.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    return env


def write(template: str, path: Path, **values: object) -> None:
    """Write `template` filled with `values` to `path`, whose folder must be there. Raises OutputError."""
    html = environment().get_template(template).render(**values)
    try:
        path.write_text(html, encoding="utf-8", errors="replace")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}. Name another place.") from error
