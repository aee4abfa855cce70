"""Where the steps run: here, in one process or several."""

from corpus_tools.rooms import callable_as
from corpus_tools.run.local import Summary, run
from corpus_tools.run.plan import Progress

__all__ = ["Progress", "Summary", "run"]

callable_as(__name__, run)
