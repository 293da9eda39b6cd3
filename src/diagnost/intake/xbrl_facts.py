"""Reports in XBRL as JSON: facts filed with the SEC (companyfacts), and xBRL-JSON exports.

===== =============================================================================================
A185  JSON that is broken, or holds no XBRL facts
A186  XBRL facts without the statements of a whole year
===== =============================================================================================
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from diagnost.intake.cells import Cell
from diagnost.intake.draft import PART, WHOLE, Draft, Entry, Heading
from diagnost.intake.labels import LINE, Match
from diagnost.intake.numbers import MAX_DIGITS
from diagnost.intake.remarks import Remarks, stop
from diagnost.intake.spans import Span
from diagnost.model.filed_statement import Concepts, Taxonomy
from diagnost.model.located import At

SHORTEST_YEAR, LONGEST_YEAR = 350, 380
"""Days that a business year may have; 52 and 53 weeks are years too."""
_ANCHORS = ("total_assets",)
_FLOWS = ("revenue", "net_profit", "profit_before_tax")


class Fact(NamedTuple):
    """A figure of a concept: of a day, or of a span of time with its ``start``."""

    taxonomy: str
    concept: str
    unit: str
    start: date | None
    end: date
    value: Decimal
    filed: str
    form: str

    @property
    def is_of_a_year(self) -> bool:
        """Say whether it is the flow of a whole year."""
        if self.start is None:
            return False
        return SHORTEST_YEAR <= (self.end - self.start).days + 1 <= LONGEST_YEAR


class Report(NamedTuple):
    """The facts of a company, and what it is called."""

    facts: tuple[Fact, ...]
    name: str
    number: str  # of the company in the register


def read_facts(content: bytes, name: str, concepts: Concepts, remarks: Remarks) -> Draft:
    """Read the years of a report; raises DiagnostError where the file is none."""
    data = _json(content, name)
    report = _sec_report(data) if "cik" in data else _xbrl_report(data, concepts)
    if not report.facts:
        hint = (
            "Known are companyfacts of the SEC and reports exported to xBRL-JSON, with facts of "
            f"{' or '.join(t.id for t in concepts.taxonomies)}."
        )
        raise stop("A185", "this JSON holds no XBRL facts", At(name), hint)
    for taxonomy in concepts.taxonomies:
        years = _Years(report.facts, taxonomy, concepts)
        if years.ends:
            return _draft(report, years, name, remarks)
    hint = "Balance sheet and income statement of the same year, of 350 to 380 days, are needed."
    raise stop("A186", "no statements of a whole year in these facts", At(name), hint)


# --- files ------------------------------------------------------------------------------------


def _json(content: bytes, name: str) -> dict[str, Any]:
    hint = "Save the file again from where it comes."
    try:
        data = json.loads(content, parse_float=Decimal, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        at = At(name, error.lineno, error.colno)
        raise stop("A185", f"not valid JSON: {error.msg}", at, hint) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise stop("A185", "not valid JSON", At(name), hint) from None
    return data if isinstance(data, dict) else {}


def _sec_report(data: Mapping[str, Any]) -> Report:
    facts = tuple(_sec_facts(data.get("facts")))
    number = data.get("cik")
    return Report(facts, str(data.get("entityName") or ""), str(number or ""))


def _sec_facts(taxonomies: object) -> Iterator[Fact]:
    for taxonomy, concepts in _items(taxonomies):
        for concept, described in _items(concepts):
            units = described.get("units") if isinstance(described, dict) else None
            for unit, values in _items(units):
                for each in values if isinstance(values, list) else ():
                    if not isinstance(each, dict):
                        continue
                    end, value = _day(each.get("end")), _number(each.get("val"))
                    if end is not None and value is not None:
                        start = _day(each.get("start"))
                        filed, form = str(each.get("filed", "")), str(each.get("form", ""))
                        yield Fact(taxonomy, concept, unit, start, end, value, filed, form)


def _xbrl_report(data: Mapping[str, Any], concepts: Concepts) -> Report:
    """Read xBRL-JSON: facts with dimensions of their own, such as a segment, are left out."""
    facts: list[Fact] = []
    name = number = ""
    names = {concept for taxonomy in concepts.taxonomies for concept in taxonomy.name_concepts}
    for _, fact in _items(data.get("facts")):
        dimensions = fact.get("dimensions") if isinstance(fact, dict) else None
        if not isinstance(dimensions, dict):
            continue
        own = set(dimensions) - {"concept", "entity", "period", "unit", "language"}
        taxonomy, _, concept = str(dimensions.get("concept", "")).partition(":")
        number = number or str(dimensions.get("entity", "")).rpartition(":")[2]
        if concept in names and not own:
            name = name or str(fact.get("value") or "")
        start, end = _span(str(dimensions.get("period", "")))
        value = _number(fact.get("value"))
        if end is not None and value is not None and not own:
            unit = str(dimensions.get("unit", "")).rpartition(":")[2]
            facts.append(Fact(taxonomy, concept, unit, start, end, value, "", ""))
    return Report(tuple(facts), name, number)


def _items(mapping: object) -> Iterable[tuple[str, Any]]:
    return mapping.items() if isinstance(mapping, dict) else ()


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    # What is beyond this in either direction is no amount of money, and no arithmetic bears it.
    return number if number.is_finite() and abs(number.adjusted()) <= MAX_DIGITS else None


def _span(text: str) -> tuple[date | None, date | None]:
    """Read a period as xBRL-JSON writes it: its end is the midnight after the last day."""
    start, slash, end = text.rpartition("/")
    last = _day(end)
    if last is not None and ("T00:00:00" in end or "T" not in end):
        last = last - timedelta(days=1) if "T" in end else last
    return (_day(start) if slash else None), last


# --- years ------------------------------------------------------------------------------------


class _Years:
    """The years of a report in one taxonomy: the latest figure of each concept in each."""

    def __init__(self, facts: Iterable[Fact], taxonomy: Taxonomy, concepts: Concepts) -> None:
        self.taxonomy = taxonomy
        self._latest: dict[tuple[str, str, bool, date], Fact] = {}
        for fact in facts:
            annual = not fact.form or fact.form in concepts.annual_forms
            whole = fact.start is None or fact.is_of_a_year
            if fact.taxonomy == taxonomy.id and annual and whole:
                key = (fact.unit, fact.concept, fact.start is None, fact.end)
                before = self._latest.get(key)
                if before is None or fact.filed >= before.filed:
                    self._latest[key] = fact
        self.currency = self._main_currency()
        found = {end for unit, _, _, end in self._latest if unit == self.currency}
        whole_years = [end for end in sorted(found) if self._is_whole(end)]
        self.ends = whole_years[-concepts.most_years :]

    def _main_currency(self) -> str:
        counted: dict[str, int] = {}
        for unit, *_ in self._latest:
            if len(unit) == 3 and unit.isalpha():
                counted[unit] = counted.get(unit, 0) + 1
        return max(sorted(counted), key=lambda unit: counted[unit], default="")

    def _is_whole(self, end: date) -> bool:
        anchored = any(self.of(item, end) for item in _ANCHORS)
        return anchored and any(self.of(item, end) for item in _FLOWS)

    def of(self, item: str, end: date) -> tuple[Fact, ...]:
        """Return the facts that make up an item in a year, by the first way that it has."""
        for way in self.taxonomy.items.get(item, ()):
            found = [self._fact(concept, end) for concept in way]
            if all(found):
                return tuple(fact for fact in found if fact is not None)
        return ()

    def _fact(self, concept: str, end: date) -> Fact | None:
        return self._latest.get((self.currency, concept, True, end)) or self._latest.get(
            (self.currency, concept, False, end)
        )


def _draft(report: Report, years: _Years, name: str, remarks: Remarks) -> Draft:
    draft = Draft(file=name)
    at = At(name, sheet=years.taxonomy.id)
    for end in years.ends:
        span = Span(end, 12)
        draft.headings.append(Heading(Cell(span.id, at), 0, span))
    for item in years.taxonomy.items:
        draft.entries += _entries(item, years, name)
    for item in years.taxonomy.nil:
        nil = {column: Cell("", at, number=Decimal(0)) for column in range(len(years.ends))}
        draft.entries.append(Entry(Match(LINE, item), Cell(item, at), nil))
    if report.name:
        draft.facts.append(("name", Cell(report.name, at)))
    if report.number:
        draft.facts.append(("registry_id", Cell(report.number, at)))
    draft.facts.append(("currency", Cell(years.currency, at)))
    remarks.note("xbrl_wide", at)
    return draft


def _entries(item: str, years: _Years, name: str) -> Iterator[Entry]:
    """Return the rows of an item: one for each concept that it is read from."""
    rows: dict[tuple[str, bool], dict[int, Cell]] = {}
    for column, end in enumerate(years.ends):
        found = years.of(item, end)
        for fact in found:
            place = At(name, sheet=years.taxonomy.id, cell=f"{fact.concept} {end.isoformat()}")
            cell = Cell(str(fact.value), place, number=fact.value)
            rows.setdefault((fact.concept, len(found) > 1), {})[column] = cell
    for (concept, added), cells in rows.items():
        label = Cell(concept, At(name, sheet=years.taxonomy.id, cell=concept))
        yield Entry(Match(LINE, item), label, cells, PART if added else WHOLE)
