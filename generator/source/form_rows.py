"""The rows of a form's table as items of lists: upper levels by key, items of other sheets by key or number."""

from __future__ import annotations

import re
from typing import Any

from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.worksheet_cells import SheetCell
from generator.source.form_cells import cell_node, is_blank, is_typed
from generator.source.form_homes import Homes, RowHomes, closed_up, ordinal, place_of
from generator.source.form_plan import FormColumn, FormTable
from generator.source.form_sheet import ReadSheet
from generator.source.nodes import List, Map, Node, Refused, Scalar, Source, Written, locate
from generator.source.tree_places import as_shown, own_key, put, record_at, set_path

_REMARK = re.compile(
    r"(?:注|备注|附注|说明|填表说明|填表人|填报人|审核人|负责人|制表人|合计|总计)(?:\s*[:：0-9一二三]|\s*$)"
)
_SUMS = ("小计", "合计", "总计", "共计")
_TOTAL = re.compile(r"(?:合计|总计|小计|共计|总和)(?:[（(][^（）()]{0,8}[)）])?[:：]?")


def label_of(cell: SheetCell) -> str:
    """A header's label without the mark of what is required."""
    return str(cell.value).strip().removesuffix("*").strip()


class TableReader:
    """Reads one table into the report's tree."""

    def __init__(
        self,
        source: Source,
        root: Map,
        sheet: ReadSheet,
        table: FormTable,
        keys: frozenset[str],
        homes: Homes,
    ):
        self.source = source
        self.root = root
        self.sheet = sheet
        self.table = table
        self.keys = keys
        self.homes = homes
        self.above = RowHomes(source, root, table, homes)
        self.current: list[Map | None] = [None] * len(table.levels)
        self.unnumbered = 0  # rows so far, where no row has its number; -1 where rows have theirs
        self.written: dict[str, set[str]] = {}  # the names in the columns of upper levels, without spaces inside

    def tell(self, code: str, at: tuple[int, int], path: str | None = None, **arguments: Any) -> None:
        self.source.findings.append(diagnostic(code, locate(self.source, at, path), **arguments))

    def read(self) -> None:
        """Read every row below the header."""
        table, sheet = self.table, self.sheet
        columns = [(column, sheet.columns[column.id]) for column in table.columns if column.id in sheet.columns]
        for column in table.columns:
            if column.id not in sheet.columns and not column.computed:
                at = sheet.at(max(sheet.first - 1, 1), 1)
                self.tell("form-column-missing", at, self.path_of(column), label=column.label)
                if self.names_items(column):
                    lists = [*self.parents(), *(level.list for level in table.levels)]
                    self.homes.lost |= {".".join(lists[: end + 1]) for end in range(len(lists))}
        self.mark_lists(columns)
        self.look_ahead(columns)
        filled = 0  # the last row that says something
        for row in sorted(row for row in sheet.rows if row >= sheet.first):
            said = [
                (number, cell)
                for column, number in columns
                if self.says(column) and (cell := sheet.rows[row].get(number)) is not None and not is_blank(cell)
            ]
            if self.is_header(row, columns):
                self.tell("form-header-again", sheet.at(row, said[0][0]), text=label_of(said[0][1])[:30])
                continue
            if said and self.is_total(said, filled):
                self.tell("total-row", sheet.at(row, said[0][0]), text=str(said[0][1].value).strip())
                continue
            if said and not self.is_row(row, filled, said):
                text = str(said[0][1].value).strip()
                self.tell("form-below-table", sheet.at(row, said[0][0]), text=text[:30])
                continue
            filled = row if said else filled
            nodes: dict[str, Scalar] = {}
            for column, number in columns:
                cell = sheet.rows[row].get(number)
                if column.computed and not is_typed(cell):
                    continue
                node = cell_node(self.source, cell, sheet.at(row, number), column.kind, column.label)
                nodes[column.id] = self.as_others(column, node)
                if column.computed:
                    nodes[column.id].text = as_shown(nodes[column.id].text, cell, column.places)
            if any(node.text for column, _ in columns if (node := nodes.get(column.id)) and self.says(column)):
                self.row(row, nodes)

    def look_ahead(self, columns: list[tuple[FormColumn, int]]) -> None:
        """See which names the columns of upper levels hold, and whether any row has its number."""
        rows = [self.sheet.rows[row] for row in sorted(self.sheet.rows) if row >= self.sheet.first]
        for column, number in columns:
            said = [str(row[number].value).strip() for row in rows if not is_blank(row.get(number))]
            if self.is_upper(column):
                self.written[column.id] = {*said}
            if column.role == "number" and said:
                self.unnumbered = -1

    def as_others(self, column: FormColumn, node: Scalar) -> Scalar:
        """A name of an upper level with spaces in it, as other rows write it without."""
        text = node.text.strip()
        if self.is_upper(column) and closed_up(text) != text and closed_up(text) in self.written.get(column.id, ()):
            node.text = closed_up(text)
        return node

    def is_upper(self, column: FormColumn) -> bool:
        """Whether a column names an item that several rows may stand under."""
        levels = self.table.levels
        return column.role == "field" and column.level < len(levels) - 1 and column.path == levels[column.level].key

    def is_header(self, row: int, columns: list[tuple[FormColumn, int]]) -> bool:
        """Whether a row repeats the header, as rows that were pasted with theirs do."""
        cells = self.sheet.rows[row]
        held = [(column, cells[number]) for column, number in columns if not is_blank(cells.get(number))]
        again = [column for column, cell in held if label_of(cell) == column.label]
        return len(again) > 1 and len(again) * 2 > len(held)

    def is_total(self, said: list[tuple[int, SheetCell]], before: int) -> bool:
        """Whether a row adds up those above it: one text, which says so, and numbers or formulas."""
        texts = [cell for _, cell in said if isinstance(cell.value, str) and cell.formula is None]
        first = said[0][1]
        if len(texts) != 1 or texts[0] is not first or len(said) < 2 or not before:
            return False
        text = closed_up(str(first.value).strip())
        return _TOTAL.fullmatch(text) is not None or (len(self.table.levels) > 1 and text.endswith(_SUMS))

    def path_of(self, column: FormColumn) -> str | None:
        """Where the values of a column belong in the report, without indices; None where they belong in several places."""
        places = self.table.places or {"": self.table.levels[0].list if self.table.levels else ""}
        if column.role != "field" or len(places) > 1:
            return None
        first = (*self.parents(), *places.values())
        lists = [*first, *(level.list for level in self.table.levels[1 : column.level + 1])]
        return ".".join((*lists, column.path))

    def names_items(self, column: FormColumn) -> bool:
        """Whether other tables call the items of this one by a column, or by a number whose row may say nothing without it."""
        numbered = any(one.role == "number" for one in self.table.columns)
        return numbered or (column.role == "field" and column.path in [level.key for level in self.table.levels])

    def parents(self) -> tuple[str, ...]:
        """The lists of the items that the rows belong to, the outermost first."""
        return tuple(level.list for level in self.table.parents)

    def is_row(self, row: int, before: int, said: list[tuple[int, SheetCell]]) -> bool:
        """Whether a row is one of the table, or looks like one below it: several values, in a plain list a text right
        below it or the row before; never a remark or a total.

        Args:
            row: its number.
            before: the last row above it that says something.
            said: what it says, by column.
        """
        remark = isinstance(said[0][1].value, str) and _REMARK.match(said[0][1].value.strip()) is not None
        end = self.sheet.end
        if end is None:
            return not (remark and len(said) == 1 and row > before + 1)
        if row <= end:  # in a table of several levels a row with the name of the first alone says nothing
            texts = [cell for _, cell in said if isinstance(cell.value, str)]
            return not (remark and len(self.table.levels) > 1 and len(texts) == 1)
        several = sum(self.says(column) and not column.computed for column in self.table.columns) > 1
        return not remark and (len(said) > 1 if several else row in (before + 1, end + 1))

    def mark_lists(self, columns: list[tuple[FormColumn, int]]) -> None:
        """Say where a list that has no rows would stand: at the header of its first column."""
        if self.table.parents or not self.table.levels or not columns:
            return
        at = self.sheet.at(max(self.sheet.first - 1, 1), columns[0][1])
        for place in (self.table.places or {"": ""}).values():
            path = self.table.levels[0].list if place == "" else place
            *upper, name = path.split(".")
            holder = self.root
            for step in upper:
                inner = holder.get(step)
                if not isinstance(inner, Map):
                    return
                holder = inner
            holder.key_at.setdefault(name, at)

    @staticmethod
    def says(column: FormColumn) -> bool:
        """Whether a value in the column makes its row one that says something."""
        return column.role in ("field", "name", "value", "path", "reason")

    def row(self, row: int, nodes: dict[str, Scalar]) -> None:
        """Read one row that says something."""
        if self.table.shape == "stated":
            self.stated(nodes)
            return
        at = self.sheet.at(
            row, next(number for column in self.table.columns if (number := self.sheet.columns.get(column.id)))
        )
        holder, path = self.above.holder(nodes, at)
        if self.above.moved:
            self.current = [None] * len(self.current)
        if holder is None:
            return
        if self.table.shape == "map":
            self.entry(holder, path, nodes, at)
        elif self.table.shape == "texts":
            value = next(
                nodes[column.id] for column in self.table.columns if column.role == "value" and column.id in nodes
            )
            self.list_of(holder, path, at).append(value)
        else:
            self.items(holder, path, nodes, at)

    @staticmethod
    def list_of(holder: Map, path: str, at: tuple[int, int]) -> List:
        """The list at a path, made where it is not there yet."""
        *upper, name = path.split(".")
        holder = record_at(holder, upper, at)
        found = holder.get(name)
        if not isinstance(found, List):
            found = holder[name] = List(*at)
            holder.key_at.setdefault(name, at)
        return found

    # --- what a row says

    def items(self, holder: Map, path: str, nodes: dict[str, Scalar], at: tuple[int, int]) -> None:
        """Find or make the row's item of every level."""
        last = len(self.table.levels) - 1
        for index, level in enumerate(self.table.levels):
            own = [
                (column, nodes[column.id])
                for column in self.table.columns
                if column.role == "field" and column.level == index and column.id in nodes
            ]
            filled = any(node.text.strip() for _, node in own)
            if index and holder is None:
                return
            list_path = path if index == 0 else level.list
            if index < last:
                item = self.upper(index, holder, list_path, own, at, nodes)
                if item is None:
                    return
                holder = item
            elif filled:
                item = Map(*place_of(next(node for _, node in own if node.text.strip()), at))
                for column, node in own:
                    put(item, column.path, node, (node.line, node.column))
                self.list_of(holder, list_path, at).append(item)
                self.register(item, nodes)

    def upper(
        self,
        index: int,
        holder: Map,
        path: str,
        own: list[tuple[FormColumn, Scalar]],
        at: tuple[int, int],
        nodes: dict[str, Scalar],
    ) -> Map | None:
        """The item of an upper level that a row stands under: the one of its key, the one above, or a new one."""
        key = self.table.levels[index].key
        key_node = next((node for column, node in own if column.path == key), None)
        text = key_node.text.strip() if key_node is not None else ""
        current = self.current[index]
        if text:
            known = self.list_of(holder, path, at)
            current = next((item for item in known if isinstance(item, Map) and own_key(item, key) == text), None)
            if current is None or isinstance(key_node, Refused):
                current = self.new_item(known, own, at)
                self.register(current, nodes, index)
            else:
                self.merge(current, own, key)
        elif current is None:
            below = any(
                node.text.strip()
                for column in self.table.columns
                if column.role == "field" and column.level > index and (node := nodes.get(column.id))
            )
            if not below and not any(node.text.strip() for _, node in own):
                return None
            current = self.new_item(self.list_of(holder, path, at), own, at)
        else:
            self.merge(current, own, key)
        if current is not self.current[index]:
            self.current[index] = current
            self.current[index + 1 :] = [None] * (len(self.current) - index - 1)
        return current

    def new_item(self, items: List, own: list[tuple[FormColumn, Scalar]], at: tuple[int, int]) -> Map:
        place = next(((node.line, node.column) for _, node in own), at)
        item = Map(*place)
        for column, node in own:
            put(item, column.path, node, (node.line, node.column))
        items.append(item)
        return item

    def merge(self, item: Map, own: list[tuple[FormColumn, Scalar]], key: str) -> None:
        """Take what a later row says of an upper item; two values of one field are told."""
        for column, node in own:
            if column.path == key or not node.text.strip():
                continue
            before: Any = item
            for step in column.path.split("."):
                before = before.get(step) if isinstance(before, Map) else None
            if isinstance(before, Scalar) and before.text.strip():
                if before.text.strip() != node.text.strip():
                    self.tell(
                        "form-two-values",
                        (node.line, node.column),
                        label=column.label,
                        text=node.text.strip()[:40],
                        before=before.text.strip()[:40],
                    )
                continue
            put(item, column.path, node, (node.line, node.column))

    def register(self, item: Map, nodes: dict[str, Scalar], level: int | None = None) -> None:
        """Remember an item by what other sheets call it."""
        depth = len(self.table.levels) - 1 if level is None else level
        chain = [self.above.last.get(column.id, "") for column in self.table.columns if column.role == "parent"]
        lists = [parent.list for parent in self.table.parents]
        for index in range(depth + 1):
            one = self.table.levels[index]
            lists.append(one.list)
            holder = item if index == depth else self.current[index]
            name = own_key(holder, one.key) if holder is not None else ""
            if not one.key:
                number = next((nodes.get(column.id) for column in self.table.columns if column.role == "number"), None)
                name = ordinal(number.text) if number is not None else ""
                if self.unnumbered >= 0:
                    self.unnumbered += 1
                    name = str(self.unnumbered)
                if name and (*chain, name) in self.homes.registries.get(".".join(lists), {}):
                    assert number is not None
                    self.tell("form-number-twice", (number.line, number.column), text=name)
                    self.homes.lost.add(
                        ".".join(lists)
                    )  # what belongs to the item that lost its number follows from it
            chain.append(name)
        if chain[-1]:
            self.homes.registries.setdefault(".".join(lists), {}).setdefault(tuple(chain), item)

    def entry(self, holder: Map, path: str, nodes: dict[str, Scalar], at: tuple[int, int]) -> None:
        """Add an entry of a map."""
        by_role = {column.role: nodes[column.id] for column in self.table.columns if column.id in nodes}
        name, value = by_role.get("name"), by_role.get("value")
        if name is None or not name.text.strip():
            self.tell("form-name-empty", place_of(name, at))
            return
        target = holder
        for step in path.split("."):
            inner = target.get(step)
            if not isinstance(inner, Map):
                inner = Map(name.line, name.column)
                put(target, step, inner, at)
            target = inner
        key = name.text.strip()
        if key in target:
            self.tell("form-name-twice", (name.line, name.column), text=key)
            return
        at = name.line, name.column
        target.put(key, value if value is not None else Written("", *at), at)

    def stated(self, nodes: dict[str, Scalar]) -> None:
        """Set the value of any field, with the reason for which it was published so."""
        by_role = {column.role: nodes[column.id] for column in self.table.columns if column.id in nodes}
        where, value, reason = by_role.get("path"), by_role.get("value"), by_role.get("reason")
        if where is None or not where.text.strip():
            anchor = value or reason
            assert anchor is not None
            self.tell("form-path-empty", (anchor.line, anchor.column))
            return
        if value is None or not value.text.strip():
            self.tell("form-stated-empty", (where.line, where.column), text=where.text.strip())
            return
        node: Node = value
        if isinstance(node, Scalar) and node.text in ("[]", "{}"):
            node = List(node.line, node.column) if node.text == "[]" else Map(node.line, node.column)
        if reason is not None and reason.text.strip():
            exception = Map(node.line, node.column)
            exception.put("公布", node)
            exception.put("理由", reason)
            node = exception
        at = (where.line, where.column) if isinstance(node, Scalar) and not node.text else (node.line, node.column)
        if not set_path(self.root, where.text.strip(), node, at, self.keys):
            self.tell("form-no-path", (where.line, where.column), text=where.text.strip())
