"""What one render of a Word template keeps; programs hold none of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import Token

from generator.kept.light_classes import dataclass, field
from generator.template.merging import Runs
from generator.template.output import RenderContext
from generator.word.compile.fed_charts import FedChart
from generator.word.run.additions import Additions, Part
from generator.word.run.draft_end import Missing
from generator.word.run.placed_pictures import PlacedPicture

_FIRST_BOOKMARK = 1_000_000


@dataclass(slots=True)
class Render:
    """One render: its additions, merges and numbers."""

    additions: Additions
    missing: Missing | None = None
    printed_once: set[str] = field(default_factory=set)
    shapes: dict[str, str] = field(default_factory=dict)  # id in the template -> id here
    permissions: dict[str, str] = field(default_factory=dict)  # id in the template -> id here
    entered: list[Token[Part]] = field(default_factory=list)  # what leads back out of the parts that were entered
    noted: set[tuple[str, str]] = field(default_factory=set)  # kind and id of notes that were referred to
    notes: dict[str, list[str]] = field(default_factory=dict)  # kind -> notes as printed
    comments: dict[str, str] = field(default_factory=dict)  # id of a comment whose range began -> id here
    lists: dict[str, str] = field(default_factory=dict)  # numbering in the template -> the one of the list that goes on
    begun: set[str] = field(default_factory=set)  # numberings of lists that begin with their next paragraph
    charts: Mapping[str, FedChart] = field(default_factory=dict)  # that take data, by their relationship
    ticked: bool = False  # whether the last check box is
    placed: PlacedPicture | None = None  # what the tag of the last picture came to
    printed_charts: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)  # labels of merged cells that wait for their first row
    runs: Runs = field(default_factory=Runs)
    drawings: int = 1000
    bookmarks: int = _FIRST_BOOKMARK
    open_bookmarks: dict[str, str] = field(default_factory=dict)  # id in the template -> id here
    bookmark_names: dict[str, int] = field(default_factory=dict)  # name -> how often it was printed

    def next_mark(self) -> int:
        """An id that no bookmark of the document has."""
        self.bookmarks += 1
        return self.bookmarks


def render_of(context: RenderContext) -> Render:
    return context.output.render
