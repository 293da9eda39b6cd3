"""Polish electronic financial statements, as filed with the court register, one file or several.

===== =============================================================================================
A182  XML that holds no financial statement of a known kind
A183  a filed statement without its period
A184  statements of different companies together
===== =============================================================================================
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from diagnost.intake.cells import Cell
from diagnost.intake.draft import LESS, PART, WHOLE, Draft, Entry, Heading
from diagnost.intake.filed_positions import CURRENT, PREVIOUS, Positions
from diagnost.intake.labels import LINE, Match
from diagnost.intake.limits import XBRL_HINT
from diagnost.intake.remarks import Remarks, stop
from diagnost.intake.spans import MONTH_DAYS, Span
from diagnost.intake.xml_elements import Element, read_xml
from diagnost.model.filed_statement import FiledLayout, Sum
from diagnost.model.located import At

THOUSANDS = Decimal(1000)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]{200,}")
_TEN_DIGITS = re.compile(r"\d{10}")
_YEAR = 12
_SOUND = ("P_5B", "P_4B")
"""Whether nothing threatens going on in business; the second one in the form of organisations."""
_XBRL_ROOTS = frozenset({"xbrl", "html"})
_TAKEN_OFF = {"capital_netted": ("total_assets",), "netted": ("operating_costs",)}
"""What the reader is told of, where something is taken off these items."""


class Filing(NamedTuple):
    """One filed statement: what it says, its period, when it was drawn up, and of whom."""

    draft: Draft
    start: date
    end: date
    drawn_up: date | None
    company: str  # the tax number, else the name
    unit: Decimal  # what an amount of 1 is, in złoty
    step: Decimal  # by how much two filings of one amount may differ by rounding
    at: At


def read_filing(content: bytes, name: str, layout: FiledLayout, remarks: Remarks) -> Filing:
    """Read a filed statement; raises DiagnostError where the file is none."""
    root = _statement(read_xml(content, name), layout, name)
    start, end = _period(root)
    thousands = _in_thousands(root)
    draft = Draft(file=name)
    months = _months(start, end)
    draft.headings = [
        _heading(root.at, end, months, (end - start).days + 1),
        # A year is compared with the business year before it; what is shorter, with who knows what.
        _heading(root.at, start - timedelta(days=1), _YEAR if months == _YEAR else None, None),
    ]
    draft.entries = list(
        _entries(root, layout, Decimal(1) if thousands else Decimal("0.01"), remarks)
    )
    _drop_empty_year(draft, remarks)
    if not draft.entries:
        hint = "Known are the statements of other, small and micro entities and of organisations."
        raise stop("A182", "no amounts of a known statement in this XML", root.at, hint)
    company = _company(root, layout, draft, remarks)
    draft.facts.append(("currency", Cell("PLN", root.at)))
    if thousands:
        draft.facts.append(("unit", Cell("1000", root.at)))
    return Filing(
        draft, start, end, _day(root, "DataSporzadzenia"), company,
        THOUSANDS if thousands else Decimal(1), Decimal(1), root.at,
    )  # fmt: skip


def together(filings: Sequence[Filing], file: str, remarks: Remarks) -> Draft:
    """Return the filings of several years as what one case says.

    Of two for the same period the one drawn up later counts. Where a later filing has other
    comparatives than the year's own filing, the later ones count and the difference is told.
    """
    found = _latest(filings, remarks)
    if len({filing.company for filing in found}) > 1:
        raise stop(
            "A184",
            f"these statements are of {len({f.company for f in found})} companies",
            found[-1].at,
            "Keep the statements of each company in a folder of their own.",
            also=found[0].at,
        )
    if len({filing.unit for filing in found}) > 1:
        found = [_in_full(filing) for filing in found]
    draft = Draft(file=file)
    for filing, later in zip(found, [*found[1:], None], strict=True):
        if later is not None and later.start == filing.end + timedelta(days=1):
            _prefer_restated(filing, later, remarks)
    # What the latest filing says of the company holds.
    for filing in found[:-1]:
        filing.draft.facts.clear()
    for filing in found:
        draft.take(filing.draft)
    return draft


# --- one filing -------------------------------------------------------------------------------


def _statement(root: Element, layout: FiledLayout, name: str, depth: int = 0) -> Element:
    """Return the element that holds the statement, also inside a signed or wrapped file."""
    containers = {container for body in layout.bodies for container in body.containers}
    if root.all(*containers):
        return root
    if depth < 2:
        for element in _blobs(root):
            try:
                content = base64.b64decode(element.text, validate=False)
            except (binascii.Error, ValueError):
                continue
            if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                return _statement(read_xml(content, name), layout, name, depth + 1)
    hint = (
        XBRL_HINT
        if root.name in _XBRL_ROOTS
        else "Known are Polish e-Sprawozdania: JednostkaInna, JednostkaMala, JednostkaMikro and "
        "JednostkaOp."
    )
    message = f"this XML ({root.name}) holds no financial statement of a known kind"
    raise stop("A182", message, root.at, hint)


def _blobs(root: Element) -> Iterator[Element]:
    open_ = [root]
    while open_:
        element = open_.pop()
        if not element.children and _BASE64.fullmatch(element.text):
            yield element
        open_ += reversed(element.children)


def _day(root: Element, *names: str) -> date | None:
    for element in root.all(*names):
        try:
            return date.fromisoformat(element.text[:10])
        except ValueError:
            continue
    return None


def _period(root: Element) -> tuple[date, date]:
    start, end = _day(root, "OkresOd", "DataOd"), _day(root, "OkresDo", "DataDo")
    if start is None or end is None or not start < end:
        hint = "The heading of a filed statement has OkresOd and OkresDo, such as 2023-12-31."
        raise stop("A183", "the statement does not say which period it is for", root.at, hint)
    return start, end


def _months(start: date, end: date) -> int:
    return max(round(((end - start).days + 1) / MONTH_DAYS), 1)


def _heading(at: At, end: date, months: int | None, days: int | None) -> Heading:
    span = Span(end, months)
    return Heading(Cell(span.id, at), 0, span, None if months == _YEAR else days)


def _in_thousands(root: Element) -> bool:
    codes = [root.name, *(code.text for code in root.all("KodSprawozdania"))]
    return any(code.endswith(("WTys", "WTysiacach")) for code in codes)


def _entries(
    root: Element, layout: FiledLayout, step: Decimal, remarks: Remarks
) -> Iterator[Entry]:
    seen: set[str] = set()
    turned: list[str] = []
    less: list[tuple[str, Entry]] = []
    restated = 0
    for body in layout.bodies:
        for container in root.all(*body.containers):
            element = container.child(body.variant) if body.variant else container
            if element is None or (body.variant == "" and _has_variants(container, layout)):
                continue
            positions = Positions(body, element, step, remarks)
            restated += sum(1 for _ in positions.restated)
            for item, total in body.items.items():
                again = item in seen  # such as depreciation in the cash-flow statement
                entries = [
                    e._replace(weak=e.weak or again) for e in _of_item(item, total, positions)
                ]
                less += [(item, e) for e in entries if e.how == LESS]
                turned += [item] if any(entry.turned for entry in entries) else []
                seen.update(entry.match.id for entry in entries)
                yield from entries
    for kind, items in _TAKEN_OFF.items():
        at = next((entry.label.at for item, entry in less if item in items), None)
        if at is not None:
            remarks.note(kind, at)
    if turned:
        remarks.note("flipped", root.at, items=", ".join(dict.fromkeys(turned)))
    if restated:
        remarks.note("restated", root.at, count=str(restated))


def _has_variants(container: Element, layout: FiledLayout) -> bool:
    variants = {body.variant for body in layout.bodies if body.variant}
    return any(child.name in variants for child in container.children)


def _of_item(item: str, total: Sum, positions: Positions) -> Iterator[Entry]:
    """Return the rows that make up a line item, by column where all of them are known."""
    known = [
        column
        for column in (CURRENT, PREVIOUS)
        if all(positions.of(name, column) is not None for name in total.plus)
    ]
    how = WHOLE if len(total.plus) == 1 else PART
    for name, use in (*((n, how) for n in total.plus), *((n, LESS) for n in total.less)):
        found = {column: positions.of(name, column) for column in known}
        cells = {
            column: each.cell._replace(number=each.value)
            for column, each in found.items()
            if each is not None and (use == WHOLE or each.value or each.cell.text)
        }
        if not cells or (use == LESS and not any(cell.number for cell in cells.values())):
            continue
        turned = any(each.turned for each in found.values() if each is not None)
        position = positions.positions.get(name)
        label = Cell(name, position.at if position is not None else positions.at)
        # What is taken off is told once for the whole statement.
        yield Entry(Match(LINE, item), label, cells, use, weak=use == LESS, turned=turned)


def _drop_empty_year(draft: Draft, remarks: Remarks) -> None:
    """Take a column of nothing but noughts for no year: the first year of a firm has one."""
    previous = [e.cells[PREVIOUS] for e in draft.entries if PREVIOUS in e.cells]
    if any(cell.number for cell in previous):
        return
    if previous:
        remarks.note("first_year", previous[0].at)
    del draft.headings[PREVIOUS]
    draft.entries = [
        entry._replace(cells={c: cell for c, cell in entry.cells.items() if c != PREVIOUS})
        for entry in draft.entries
        if CURRENT in entry.cells
    ]


def _company(root: Element, layout: FiledLayout, draft: Draft, remarks: Remarks) -> str:
    """Read who the statement is about; return what tells companies apart."""
    name = next((e for e in root.all("NazwaFirmy") if e.text), None)
    if name is not None:
        draft.facts.append(("name", Cell(name.text, name.at)))
    codes = [element for element in root.all("KodPKD") if element.text]
    if codes:
        main = codes[0]
        draft.facts.append(("sector", Cell(_dotted(main.text), main.at)))
        activity = layout.activity_of(main.text)
        if activity:
            draft.facts.append(("activity", Cell(activity, main.at)))
            remarks.note("activity_by_code", main.at, code=_dotted(main.text), activity=activity)
    draft.facts.append(("country", Cell("PL", root.at)))
    for warning in root.all(*_SOUND):
        if warning.text == "false":
            remarks.note("going_concern", warning.at)
    tax_number = ""
    for part in root.all("P_1"):
        for element in part.all("NIP", "P_1C", "P_1D", "KRS", "P_1E"):
            if not _TEN_DIGITS.fullmatch(element.text):
                continue
            register = element.text.startswith("000")
            field = "registry_id" if register else "tax_id"
            if all(said != field for said, _ in draft.facts):
                draft.facts.append((field, Cell(element.text, element.at)))
            tax_number = tax_number or ("" if register else element.text)
    return tax_number or (name.text if name is not None else "")


def _dotted(code: str) -> str:
    """Write a code of activity as it is printed: 4719Z is 47.19.Z."""
    return f"{code[:2]}.{code[2:4]}.{code[4:]}".rstrip(".") if code[:4].isdecimal() else code


# --- several filings --------------------------------------------------------------------------


def _latest(filings: Iterable[Filing], remarks: Remarks) -> list[Filing]:
    """Return the filings in order of time; of two for one period the one drawn up later."""
    by_end: dict[date, Filing] = {}
    for filing in sorted(filings, key=lambda filing: filing.drawn_up or date.min):
        dropped = by_end.get(filing.end)
        if dropped is not None:
            remarks.note("filing_superseded", dropped.at, label=dropped.draft.file)
        by_end[filing.end] = filing
    return [by_end[end] for end in sorted(by_end)]


def _in_full(filing: Filing) -> Filing:
    """Return a filing in thousands as one in złoty, so that it stands beside others."""
    if filing.unit == 1:
        return filing
    draft = filing.draft
    draft.facts = [(field, cell) for field, cell in draft.facts if field != "unit"]
    draft.entries = [
        entry._replace(
            cells={
                column: cell._replace(number=cell.number * filing.unit)
                for column, cell in entry.cells.items()
                if cell.number is not None
            }
        )
        for entry in draft.entries
    ]
    return filing._replace(unit=Decimal(1), step=filing.unit)


def _prefer_restated(filing: Filing, later: Filing, remarks: Remarks) -> None:
    """Let each item of a year come from one filing, and tell where the two differ."""
    own, again = _totals(filing.draft, CURRENT), _totals(later.draft, PREVIOUS)
    step = max(filing.step, later.step)
    differing = [item for item in again if item in own and abs(own[item] - again[item]) > step]
    _drop(filing.draft, CURRENT, set(differing))
    _drop(later.draft, PREVIOUS, set(own) - set(differing))
    if differing:
        at = next(e.cells[PREVIOUS].at for e in later.draft.entries
                  if e.match.id == differing[0] and PREVIOUS in e.cells)  # fmt: skip
        period = filing.draft.headings[CURRENT].cell.text
        remarks.note(
            "comparatives_differ",
            at,
            items=", ".join(differing),
            period=period,
            before=", ".join(str(own[item]) for item in differing),
            now=", ".join(str(again[item]) for item in differing),
        )


def _totals(draft: Draft, column: int) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = {}
    for entry in draft.entries:
        cell = entry.cells.get(column)
        if cell is not None and cell.number is not None:
            sign = -1 if entry.how == LESS else 1
            totals[entry.match.id] = totals.get(entry.match.id, Decimal(0)) + sign * cell.number
    return totals


def _drop(draft: Draft, column: int, items: set[str]) -> None:
    draft.entries = [
        entry._replace(cells={c: cell for c, cell in entry.cells.items() if c != column})
        if entry.match.id in items
        else entry
        for entry in draft.entries
    ]
    draft.entries = [entry for entry in draft.entries if entry.cells]
