"""Names of another unit in a report: `我局` in the report of a federation, a short name that is not the full one's, the federation of
another county as the one that acts. They come with sentences and files that are copied from other units.

Speaks where the standard's root holds a record with 名称 and 自称, as the type 单位 of the common library does; elsewhere it is silent.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property

from generator.formula.functions import says
from generator.kept.lazy_patterns import lazy
from generator.report.compute import Computation
from generator.report.kept_words import Kept
from generator.report.record import Record
from generator.report.spoken_texts import Prose
from generator.standard import Section

NAMES = ("名称", "简称", "自称")
_SELF = lazy(
    r"[我本](?<![基根资成版样剧文原自].)(局(?!限)|院(?![士落子])|委(?![员托派任会屈])|校(?![正对准验])|厅|"
    r"联(?![系合络想动通盟赛名])|站(?![在立起])|馆|中心|公司)"
)
_LETTER = lazy(r"[\u4e00-\u9fff]")
_LEVELS = "县区旗"
_ANY_BODY = ("单位", "部门")
_NO_COUNTY = lazy(  # 脱贫县单位, 开发区部门: what is no county's name
    r"(?:贫困|脱贫|试点|示范|周边|兄弟|重点|帮扶|受援|先进|财政|工业|经开|高新|开发|保护|住宅|商务|自贸|保税|合作|管理|服务|实验|功能"
    r"|[园社城景校库片街小新林牧山矿灾疫驻老]).\Z|\A.{1,2}\Z"
)
_CLAUSE = lazy(  # one that begins with a county, if it is one
    rf"(?:\A|[。；;，,：:\n])(?=[\u4e00-\u9fff]{{1,3}}[{_LEVELS}])(?=([\u4e00-\u9fff]{{1,4}}))"
)
_LISTED = frozenset("、和与及等")
_NO_REGION = lazy("[各全我本该外周兄有相其所辖两多省市与和及到向由赴]")
_ACTS_WITH = lazy("来|到|赴|向|与|同|交流|考察|学习|结对|协作|联合|邀请|共同|友好|借鉴")
_PAUSES = lazy(r"[，,。；;！？\n]")


def may_name_county(text: str) -> bool:
    """Whether a clause of a text may begin with a county."""
    return ("区" in text or "县" in text or "旗" in text) and _CLAUSE.search(text) is not None


class UnitNames:
    """The names of the unit that reports, and what is told of others.

    Args:
        computation: the report.
        kept: what the data file keeps as it stands.
        doubted: paths of texts of which a check speaks already.
    """

    def __init__(self, computation: Computation, kept: Kept, doubted: Collection[str | None]):
        self.kept = kept
        self.record = _unit(computation.root)
        self.doubted = self.record is not None and bool(
            {self.record.path_of(name) for name in NAMES}.intersection(doubted)
        )
        texts = [self.record.get(name) for name in NAMES] if self.record else []
        self.full, self.short, self.own = (text if isinstance(text, str) else "" for text in texts or [""] * 3)
        self.silent = len(self.full) <= 1 or "{" in self.full or "{" in self.short  # told as braces
        own = f"|{re.escape(self.own)}" if self.own.startswith(("我", "本")) else ""
        self.said_twice = rf"(?:[我本](?:单位|部门){own}){re.escape(self.full)}"

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """What kind of unit the names mean, the longest first; none where they name no county."""
        if self.doubted or not any(level in self.full for level in _LEVELS):
            return ()
        bodies = {body for name in (self.full, self.short) if (body := _body(name)) and len(body) > 1}
        return tuple(sorted(bodies, key=len, reverse=True))

    @cached_property
    def any_bodies(self) -> tuple[str, ...]:
        """These, and what any unit can be called."""
        return *self.bodies, *_ANY_BODY

    def tell(self, prose: Prose) -> None:
        """Tell what a text calls the unit that is not its name."""
        text = prose.printed
        if self.silent:
            return
        if prose.record is self.record and prose.name in NAMES:
            self._tell_name(prose)
            return
        if ("我" in text or "本" in text) and (found := self._foreign_self(text)):
            self._tell("unit-self-name", prose, found.start(), text=found[0])
        if self.full in text and (found := re.search(self.said_twice, text)):
            self._tell("text-twice", prose, found.start(), text=found[0])
        if says(text, self.any_bodies) and (found := self._other_region(text)):
            self._tell("unit-other-region", prose, found[0], text=text[slice(*found)])

    def _tell(self, code: str, prose: Prose, start: int, text: str) -> None:
        offset, literal = prose.written(start)
        if literal:
            self.kept.tell(code, prose, offset, text=text, own=self.full)

    def _tell_name(self, prose: Prose) -> None:
        text = prose.printed.strip()
        if prose.name == "简称" and not self.doubted and not _abbreviates(text, self.full):
            self._tell("unit-short-name", prose, 0, text=text)
        elif prose.name == "自称" and text != self.full and self.full in text:
            self._tell("text-twice", prose, 0, text=text)
        elif prose.name == "自称" and (found := _SELF.fullmatch(text)) and found[1] not in self.full + self.short:
            self._tell("unit-self-name", prose, 0, text=text)

    def _foreign_self(self, text: str) -> re.Match[str] | None:
        own = self.full + self.short + self.own
        return next((found for found in _SELF.finditer(text) if found[1] not in own), None)

    def _other_region(self, text: str) -> tuple[int, int] | None:
        """Where a unit of the same kind in another county begins and ends, at the start of a clause."""
        for clause in _CLAUSE.finditer(text):
            found = self._acting(text, clause.end(), clause[1])
            if found is None:
                continue
            region, end = found
            same_level = region[-1] in self.full and region not in self.full
            if same_level and not _NO_REGION.search(region) and not _ACTS_WITH.search(_PAUSES.split(text[end:])[0]):
                return clause.end(), end
        return None

    def _bodies_of(self, region: str) -> tuple[str, ...]:
        """What units of a region can be called: `崇义县单位`, too, where the region is surely a county."""
        return self.bodies if not self.bodies or _NO_COUNTY.search(region) else self.any_bodies

    def _acting(self, text: str, start: int, letters: str) -> tuple[str, int] | None:
        """The county of the unit of the same kind that a text names at a place, and where its name ends."""
        for length in range(len(letters), 1, -1):
            if letters[length - 1] in _LEVELS:
                for body in self._bodies_of(letters[:length]):
                    end = start + length + len(body)
                    if text.startswith(body, start + length) and text[end : end + 1] not in _LISTED:
                        return letters[:length], end
        return None


def names_unit(section: Section) -> bool:
    """Whether records of a section name a unit."""
    return {"名称", "自称"} <= section.cells.keys()


def _unit(root: Record) -> Record | None:
    """The record that names the unit."""
    for name, cell in root.section.cells.items():
        if cell.section is not None and not cell.field.many and names_unit(cell.section):
            value = root.get(name)
            return value if isinstance(value, Record) else None
    return None


def _body(name: str) -> str:
    """What kind of unit a name means: what stands behind its county."""
    name = re.split("[（(]", name)[0]
    return name[max((name.rfind(level) for level in _LEVELS), default=-1) + 1 :]


def _abbreviates(short: str, full: str) -> bool:
    """Whether the letters of a short name stand in the full one in this order: 人社局 in 人力资源和社会保障局."""
    rest = iter(full)
    return all(letter in rest for letter in short if _LETTER.match(letter))
