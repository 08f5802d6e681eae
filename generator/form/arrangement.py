"""What a form asks for and where: inputs by record on one sheet, long texts on another, a sheet for every list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.diagnostics import Text
from generator.diagnostics.wording import fill_in_words as words
from generator.form.own_tables import own_tables
from generator.kept.light_classes import dataclass, field, replace
from generator.source.form_plan import FormColumn, FormInput, FormLevel, FormPlan, FormSheet, FormTable
from generator.standard.kinds import kind_of
from generator.standard.model import Cell, Section, Standard

_OWN_SHEETS = (words.FIRST, words.INPUTS, words.TEXTS, words.STATED, words.ELSEWHERE, words.KEPT, words.REVIEWED)
SHARED = 3  # lists of one type, from which on they share a sheet
NARROW = 3  # inputs of an upper level that still go into the columns of the level below
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")


@dataclass(frozen=True)
class Input:
    """A row of the sheet of inputs: one field; `demand` is `必填`, `选填`, `组内必填` (once its group is begun) or `计算`."""

    path: str
    cell: Cell
    demand: str


@dataclass(frozen=True)
class Block:
    """The inputs of one record, under its heading."""

    title: str
    inputs: tuple[Input, ...]
    note: Text | None = None


@dataclass(frozen=True)
class Table:
    """A sheet with a table; `fields` has the standard's cell of every column that is a field."""

    sheet: FormSheet
    fields: dict[str, Cell]
    heading: str
    note: Text
    required: bool
    lists: tuple[Cell, ...] = ()
    fixed: bool = False

    @property
    def table(self) -> FormTable:
        """What its rows hold."""
        assert self.sheet.table is not None
        return self.sheet.table


@dataclass(frozen=True)
class Arrangement:
    """Everything that a form of a standard holds; `language`: of what it says to the one who fills it in."""

    standard: Standard
    plan: FormPlan
    blocks: tuple[Block, ...]
    texts: tuple[Block, ...]
    tables: tuple[Table, ...]
    language: str = "zh"

    @property
    def lists(self) -> dict[str, Table]:
        """The tables that are a list of the report's own each, by its path."""
        return {
            table.table.levels[0].list: table
            for table in self.tables
            if table.lists and not table.table.parents and len(table.table.places or {}) == 1
        }

    def say(self, text: Text) -> str:
        """A wording in the form's language."""
        return text.in_language(self.language)

    @property
    def inputs_title(self) -> str:
        """What the sheet of inputs is called."""
        return self.say(words.INPUTS)

    @property
    def texts_title(self) -> str:
        """What the sheet of long texts is called."""
        return self.say(words.TEXTS)


@dataclass(frozen=True)
class _List:
    """A list or map, with the lists that its record stands in."""

    path: str  # within the item of the innermost of `parents`, or the report
    labels: tuple[str, ...]
    cell: Cell
    parents: tuple[FormLevel, ...] = ()
    parent_labels: tuple[str, ...] = ()


@dataclass
class _Collector:
    """Walks the sections of a standard once."""

    standard: Standard
    language: str
    blocks: list[Block] = field(default_factory=list)
    texts: list[Block] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    taken: set[str] = field(default_factory=lambda: {title for own in _OWN_SHEETS for title in (own.zh, own.en)})

    def section(self, section: Section, path: str, labels: tuple[str, ...], optional: bool) -> None:
        rows: list[Input] = []
        texts: list[Input] = []
        inner: list[tuple[str, Cell]] = []
        for name, cell in section.cells.items():
            own = f"{path}.{name}" if path else name
            if is_list(cell):
                if cell.origin == "data":
                    self.lists.append(_List(own, (*labels, cell.field.label), cell))
            elif cell.section is not None:
                inner.append((own, cell))
            elif cell.origin == "data":
                demand = ("组内必填" if optional else "必填") if cell.demanded else "选填"
                (texts if kind_of(cell.field).lines else rows).append(Input(own, cell, demand))
            elif computed_shown(cell):
                rows.append(Input(own, cell, "计算"))
        title = " ＞ ".join(labels) or words.BASICS.in_language(self.language)
        if any(row.demand != "计算" for row in rows) or any(row.cell.origin == "total" for row in rows):
            self.blocks.append(Block(title, tuple(rows), words.WHOLE_GROUP if optional else None))
        if texts:
            self.texts.append(Block(title, tuple(texts)))
        for own, cell in inner:
            assert cell.section is not None
            below = optional or not cell.field.required
            self.section(cell.section, own, (*labels, cell.field.label), below)

    # --- tables

    def arrange(self) -> None:
        kinds: dict[int, int] = {}
        for one in self.lists:
            if one.cell.section is not None:
                kinds[id(one.cell.section.type)] = kinds.get(id(one.cell.section.type), 0) + 1
        done: set[int] = set()
        for one in self.lists:
            section = one.cell.section
            if section is not None and kinds[id(section.type)] >= SHARED and not list(lists_below(section)):
                if id(section.type) not in done:
                    done.add(id(section.type))
                    self.shared(
                        [
                            other
                            for other in self.lists
                            if other.cell.section and other.cell.section.type is section.type
                        ]
                    )
            else:
                self.list(one)

    def shared(self, lists: list[_List]) -> None:
        """One sheet for lists of one type that the report has in several places."""
        first = lists[0].cell
        assert first.section is not None
        places = {}
        for one in lists:
            label = " ＞ ".join(one.labels[:-1]) or one.labels[-1]
            places[label if label not in places else " ＞ ".join(one.labels)] = one.path
        columns = [FormColumn("place", "place", words.PLACE.in_language(self.language))]
        fields: dict[str, Cell] = {}
        self.fields(first.section, 0, "", (), columns, fields)
        key = first.section.type.key or ""
        table = FormTable("records", tuple(unique(columns)), (FormLevel(first.field.name, key),), (), places)
        label = first.field.label
        note = words.SHARED_NOTE
        self.add(label, label, table, fields, note, False, tuple(one.cell for one in lists))

    def list(self, one: _List) -> None:
        columns = [
            FormColumn(f"parent{index}", "parent", label, index) for index, label in enumerate(one.parent_labels)
        ]
        if one.cell.section is None:
            self.values(one, columns)
            return
        fields: dict[str, Cell] = {}
        section, depth, waiting = one.cell.section, 0, []
        levels, chain = [FormLevel(one.path, section.type.key or "")], [one.cell]
        while True:
            below = list(lists_below(section))
            flat = self.flattened(section, below)
            if not flat and any(True for _ in below) and not section.type.key:
                columns.append(FormColumn("number", "number", words.NUMBER.in_language(self.language), depth))
            self.fields(section, depth, "", (), columns, fields, last=not flat)
            if not flat:
                waiting = below
                break
            path, labels, inner = below[0]
            assert inner.section is not None
            levels.append(FormLevel(path, inner.section.type.key or ""))
            chain.append(inner)
            section, depth = inner.section, depth + 1
        columns = unique(columns, [inner.field.label for inner in chain])
        table = FormTable("records", tuple(columns), tuple(levels), one.parents, {"": one.path})
        note = words.NESTED_ROWS if len(levels) > 1 else words.PLAIN_ROWS
        self.list_table(one, table, fields, note, tuple(chain))
        parents = (*one.parents, *levels)
        parent_labels = (
            *one.parent_labels,
            *(_level_label(columns, index, level, self.language) for index, level in enumerate(levels)),
        )
        for path, labels, inner in waiting:
            self.list(_List(path, (*one.labels, *labels), inner, parents, parent_labels))

    def values(self, one: _List, columns: list[FormColumn]) -> None:
        """A list of single values, or a map of them by name."""
        field, shape, note = one.cell.field, "texts", words.TEXTS_ROWS
        if kind_of(field).keyed:
            shape, note = "map", words.MAP_ROWS.filled(path=one.path)
            typed = kind_of(field.of).cell.typed if field.of else "number"
            columns.append(FormColumn("name", "name", words.NAME.in_language(self.language)))
            columns.append(FormColumn("value", "value", words.VALUE.in_language(self.language), 0, "", typed))
        else:
            typed = kind_of(field).cell.typed
            columns.append(FormColumn("value", "value", field.label, 0, "", typed, field.places))
        table = FormTable(shape, tuple(unique(columns)), (FormLevel(one.path, ""),), one.parents, {"": one.path})
        self.list_table(one, table, {"value": one.cell}, note, (one.cell,))

    def list_table(
        self, one: _List, table: FormTable, fields: dict[str, Cell], note: Text, chain: tuple[Cell, ...]
    ) -> None:
        name = "-".join((*_short(one), one.cell.field.label))
        self.add(name, " ＞ ".join(one.labels), table, fields, note, one.cell.demanded and not one.parents, chain)

    def flattened(self, section: Section, below: list[tuple[str, tuple[str, ...], Cell]]) -> bool:
        """Whether the items of a level go into the columns of the level below: keyed, and little of their own."""
        if not section.type.key or len(below) != 1 or below[0][2].section is None or "." in below[0][0]:
            return False
        own = [cell for cell in section.cells.values() if cell.origin == "data" and not is_list(cell)]
        return len(own) <= NARROW and all(cell.section is None and not kind_of(cell.field).lines for cell in own)

    def fields(
        self,
        section: Section,
        level: int,
        path: str,
        labels: tuple[str, ...],
        columns: list[FormColumn],
        fields: dict[str, Cell],
        last: bool = True,
    ) -> None:
        """The columns of a record's own fields, those of records in it too."""
        for name, cell in section.cells.items():
            own = f"{path}.{name}" if path else name
            if is_list(cell):
                continue
            if cell.section is not None:
                self.fields(cell.section, level, own, (*labels, cell.field.label), columns, fields, last)
                continue
            computed = cell.origin != "data"
            if computed and (labels or not last or cell.origin != "formula" or not _tells_figure(cell)):
                continue
            kind = kind_of(cell.field).cell.typed
            key = f"{level}.{own}"
            label = "｜".join((*labels, cell.field.label))
            columns.append(FormColumn(key, "field", label, level, own, kind, cell.field.places, computed))
            fields[key] = cell

    def add(
        self,
        name: str,
        heading: str,
        table: FormTable,
        fields: dict[str, Cell],
        note: Text,
        required: bool,
        lists: tuple[Cell, ...] = (),
    ) -> None:
        sheet = FormSheet(f"t{len(self.tables) + 1}", self.title(name), None, table)
        self.tables.append(Table(sheet, fields, heading, note, required, lists))

    def title(self, name: str) -> str:
        """A sheet's title: 31 characters, without what a title may not hold, not taken yet."""
        base = name.translate(_FORBIDDEN).strip() or "表"
        title, number = base[:24], 2
        while title in self.taken:
            title, number = f"{base[:20]}{number}", number + 1
        self.taken.add(title)
        return title


def arrange(standard: Standard, head: str, digest: str, language: str = "zh") -> Arrangement:
    """Arrange the form of a standard.

    Args:
        standard: the standard.
        head: how the data file names it: `shifeng-2020`, `shifeng-2020@1.0.0`.
        digest: of the standard, to be written into the form.
        language: of the program's own words in it, `zh` or `en`.
    """
    collected = _Collector(standard, language)
    collected.section(standard.root, "", (), False)
    collected.arrange()
    tables = [*collected.tables]
    for title, note, table in own_tables(language):
        heading = title.in_language(language)
        sheet = FormSheet(f"t{len(tables) + 1}", heading, None, table)
        tables.append(Table(sheet, {}, heading, note, False))
    sheets = [FormSheet("s1", words.INPUTS.in_language(language), _inputs(collected.blocks))]
    if collected.texts:
        sheets.append(FormSheet("s2", words.TEXTS.in_language(language), _inputs(collected.texts)))
    sheets += (table.sheet for table in tables)
    plan = FormPlan(head, standard.version, digest, tuple(sheets))
    return Arrangement(standard, plan, tuple(collected.blocks), tuple(collected.texts), tuple(tables), language)


def _inputs(blocks: list[Block]) -> dict[str, FormInput]:
    return {
        row.path: FormInput(
            kind_of(row.cell.field).cell.typed, row.cell.field.label, row.cell.field.places, row.demand == "计算"
        )
        for block in blocks
        for row in block.inputs
    }


def is_list(cell: Cell) -> bool:
    """Whether a field takes a table: a list, or a mapping of names to values."""
    return cell.field.many or kind_of(cell.field).keyed


def computed_shown(cell: Cell) -> bool:
    """Whether a computed field is worth a grey cell: numbers and grades; wording is for the documents."""
    field = cell.field
    return not field.many and (kind_of(field).numeric or cell.formula.startswith("band("))


def _tells_figure(cell: Cell) -> bool:
    """Whether a computed field of a table is a figure of the report, with a unit or a name of its own: other numbers
    serve the checks alone."""
    field = cell.field
    return computed_shown(cell) and (not kind_of(field).numeric or bool(field.unit) or field.label != field.name)


def lists_below(section: Section, path: str = "") -> Iterator[tuple[str, tuple[str, ...], Cell]]:
    """The lists and maps of a record and of the records in it: path, labels, cell."""
    for name, cell in section.cells.items():
        own = f"{path}.{name}" if path else name
        if is_list(cell):
            if cell.origin == "data":
                yield own, (cell.field.label,), cell
        elif cell.section is not None:
            for inner, labels, found in lists_below(cell.section, own):
                yield inner, (cell.field.label, *labels), found


def _short(one: _List) -> tuple[str, ...]:
    """What stands before a list's own label in the title of its sheet."""
    return one.labels[:1] if one.parents else ()


def _level_label(columns: list[FormColumn], index: int, level: FormLevel, language: str) -> str:
    """What a column is called in which rows of another sheet say which item of a level they belong to."""
    for column in columns:
        if column.role == "field" and column.level == index and column.path == level.key:
            return column.label
    return words.BELONGS_TO.in_language(language)


def unique(columns: list[FormColumn], lists: Sequence[str] = ()) -> list[FormColumn]:
    """The columns with labels that differ, as an Excel table wants them.

    Args:
        columns: the columns.
        lists: the labels of a table's levels: names of several levels are told apart by them.
    """
    fields = [column.label for column in columns if column.role == "field"]
    seen: set[str] = set()
    found = []
    for column in columns:
        label = column.label
        if len(lists) > 1 and column.role == "field" and fields.count(label) > 1:
            own = lists[column.level]
            label = own if label == "名称" else f"{own}{label}"
        base, number = label, 2
        while label in seen:
            label, number = f"{base}{number}", number + 1
        seen.add(label)
        found.append(replace(column, label=label))
    return found
