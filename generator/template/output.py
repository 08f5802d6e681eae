"""What a compiled template writes through, and the context that knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jinja2.runtime import Context

from generator.kept.light_classes import dataclass, field
from generator.ooxml.deflater import BLOCK
from generator.template.budget import Budget, LimitExceeded
from generator.template.captured import Buffers, CapturingMacro
from generator.template.plain_rows import Keys, LastRows, Printed, Together, in_batches


def unpacked(value: Any, width: int) -> tuple[Any, ...]:
    """A value for several names, as Python takes it apart.

    Raises:
        TypeError: it cannot be taken apart.
        ValueError: it has more or fewer items.
    """
    if not hasattr(value, "__iter__") and not hasattr(value, "__getitem__"):
        raise TypeError(f"cannot unpack non-iterable {type(value).__name__} object")
    items = tuple(value)
    if len(items) != width:
        few = len(items) < width
        raise ValueError(
            f"not enough values to unpack (expected {width}, got {len(items)})"
            if few
            else f"too many values to unpack (expected {width})"
        )
    return items


@dataclass(slots=True)
class Output:
    """What one render writes through; a part of Word or Excel gives its own.

    Args:
        write: a value and its tag's line -> UTF-8 bytes of XML.
        text: the same as text, for frames that Jinja buffers.
        render: what the render keeps beside its output (ids, relationships, merges); functions with `pass_context`
            find it as `context.output.render`.
        recorder: of a second run that collects every fault: takes (exception, line) and lets the render go on.
        budget: what the render may still spend; its programs share it.
        buffers: what becomes of what a template captures.
        together: prints values of many rows at once; None: each is printed by itself.
        rows: that were printed at once last.
    """

    write: Callable[[Any, int], bytes]
    text: Callable[[Any, int], str]
    render: Any = None
    recorder: Callable[[Exception, int], None] | None = None
    budget: Budget = field(default_factory=Budget)
    buffers: Buffers = field(default_factory=Buffers)
    together: Together | None = None
    rows: LastRows = field(default_factory=LastRows)

    printed = Printed
    macro = CapturingMacro
    unpacked = staticmethod(unpacked)

    def batches(self, rows: Any, pieces: tuple[bytes, ...], keys: Keys, lines: tuple[int, ...]) -> Any:
        """The items of a loop whose rows print nothing but values, those that are plain printed (see `in_batches`)."""
        if self.together is None or type(rows) is not list:
            return rows
        return in_batches(rows, pieces, keys, lines, self.together, self.budget.turns, self.rows)

    def guard(self, evaluate: Callable[[], Any], line: int, otherwise: Any = "") -> Any:
        """A value, or `otherwise` where it cannot be had; the fault goes to the recorder."""
        try:
            value = evaluate()
            if otherwise == () and not hasattr(value, "__next__"):
                iter(value)
            elif otherwise is False:
                bool(value)
        except (LimitExceeded, RecursionError):
            raise
        except Exception as fault:
            if self.recorder is None:
                raise
            self.recorder(fault, line)
            return otherwise
        return value

    def each(self, items: Iterable[Any], width: int, line: int) -> Iterator[Any]:
        """The items of a loop up to a fault of their iterator, without those that its names cannot take."""
        try:
            for item in items:
                if width and self.guard(lambda item=item: unpacked(item, width), line, None) is None:
                    continue
                yield item
        except LimitExceeded:
            raise
        except Exception as fault:
            if self.recorder is None:
                raise
            self.recorder(fault, line)


class RenderContext(Context):
    """A Jinja context that knows what its render writes through."""

    output: Output

    def derived(self, locals: dict[str, Any] | None = None) -> Context:  # noqa: A002 Jinja's name
        context = super().derived(locals)
        assert isinstance(context, RenderContext)
        context.output = self.output
        return context


def blocks(chunks: Iterable[bytes], budget: Budget, head: bytes = b"") -> Iterator[bytes]:
    """The same content, behind its head, in blocks of 128 KiB to be deflated and a last one, up to the size that a part may have.

    Raises:
        LimitExceeded: it is larger.
    """
    pending = [head]
    size, left = len(head), budget.bounds.output
    for chunk in chunks:
        pending.append(chunk)
        size += len(chunk)
        if size > BLOCK:
            left -= size
            if left < 0:
                raise LimitExceeded("output")
            yield b"".join(pending)
            pending.clear()
            size = 0
    if size > left:
        raise LimitExceeded("output")
    yield b"".join(pending)
