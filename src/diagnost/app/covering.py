"""Coverage as tables: by source, by band, by entry; as text, JSON or a page of HTML."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from diagnost.app.errors import UsageError
from diagnost.app.machine_form import machine_form
from diagnost.app.shipped import knowledge
from diagnost.check.coverage import coverage
from diagnost.check.coverage_by_use import CasesRead, band_use, read_cases, rule_use
from diagnost.model.knowledge import KnowledgeBase

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{padding:.2rem .6rem;text-align:left;"
    "border-bottom:1px solid #ddd;overflow-wrap:anywhere}td.n,th.n{text-align:right}"
    "tr.gap td{background:#fdecea}thead th{position:sticky;top:0;background:#fff}"
)


class CoverageTable(NamedTuple):
    """What is covered and what is not: rows for people, the same as data, and what is missing.

    ``gaps`` are the numbers of the rows in which something is missing; ``right`` the columns of
    numbers. ``remarks`` stand below.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]
    gaps: frozenset[int]
    missing: tuple[str, ...]
    data: dict[str, Any]
    remarks: tuple[str, ...]
    base: KnowledgeBase


def coverage_table(by: str, cases: Path | None = None) -> CoverageTable:
    """Return the coverage by ``source``, ``band`` or ``rule``.

    ``cases`` is a folder of accounts, for ``rule``; raises UsageError where it is none or stands
    with another coverage, DiagnostError where no accounts in it can be read.
    """
    if cases is not None and by != "rule":
        raise UsageError("--cases tells which entries fired: it goes with --by rule")
    if cases is not None and not cases.is_dir():
        raise UsageError(f"there is no folder {cases}")
    base = knowledge()
    if by == "band":
        return _by_band(base)
    if by == "rule":
        return _by_rule(base, None if cases is None else read_cases(cases, base))
    found = coverage(base)
    rows = tuple(found.rows())
    return CoverageTable(
        "Statements of the sources",
        ("section", "title", "all", "encoded", "excused", "missing"),
        rows,
        (2, 3, 4, 5),
        frozenset(number for number, row in enumerate(rows) if row[-1] != "0"),
        found.missing,
        found.as_data(),
        (),
        base,
    )


def _by_band(base: KnowledgeBase) -> CoverageTable:
    found = band_use(base)
    yes_no = ("no", "yes")
    rows = tuple(
        (
            each.key,
            each.band,
            str(each.examples),
            each.edge or "–",
            yes_no[each.below] if each.edge else "–",
            yes_no[each.above] if each.edge else "–",
        )
        for each in found
    )
    missing = tuple(f"{each.key}: {each.band}" for each in found if not each.is_covered)
    bands = sum(bool(each.examples) for each in found)
    edges = [each for each in found if each.edge]
    sides = sum(each.below and each.above for each in edges)
    return CoverageTable(
        "Bands in the examples",
        ("norm", "band", "examples", "edge", "below", "above"),
        rows,
        (2, 3),
        frozenset(number for number, each in enumerate(found) if not each.is_covered),
        missing,
        {
            "bands": [{**each._asdict(), "covered": each.is_covered} for each in found],
            "totals": {
                "bands": len(found),
                "with_examples": bands,
                "edges": len(edges),
                "edges_with_both_sides": sides,
            },
        },
        (
            f"{bands} of {len(found)} bands have an example, "
            f"{sides} of {len(edges)} edges one on either side.",
        ),
        base,
    )


def _by_rule(base: KnowledgeBase, cases: CasesRead | None) -> CoverageTable:
    found = rule_use(base, cases)
    columns = ("examples",) if cases is None else ("examples", "cases")
    counts = [tuple(getattr(each, column) for column in columns) for each in found]
    rows = tuple((each.entry, *map(str, count)) for each, count in zip(found, counts, strict=True))
    silent = tuple(each.entry for each, count in zip(found, counts, strict=True) if not count[-1])
    totals = {"entries": len(found), "never_fired": len(silent)}
    remarks = [f"{len(found) - len(silent)} of {len(found)} entries fired."]
    data: dict[str, Any] = {
        "entries": [
            {"entry": each.entry, **dict(zip(columns, count, strict=True))}
            for each, count in zip(found, counts, strict=True)
        ],
        "never_fired": list(silent),
        "totals": totals,
    }
    if cases is not None:
        totals["cases"] = cases.cases
        data["left_out"] = list(cases.left_out)
        remarks = [f"{cases.cases} cases: {remarks[0]}"]
        remarks += (f"Left out: {each}." for each in cases.left_out)
    return CoverageTable(
        "Entries that fired",
        ("entry", *(f"in {column}" for column in columns)),
        rows,
        tuple(range(1, len(columns) + 1)),
        frozenset(number for number, count in enumerate(counts) if not count[-1]),
        silent,
        data,
        tuple(remarks),
        base,
    )


# --- told -----------------------------------------------------------------------------------------


def table_text(table: CoverageTable) -> str:
    """Write the table for a terminal, the remarks below it."""
    from diagnost.report.layout import columns

    told = columns([table.head, *table.rows], 100, right=table.right) + "\n"
    return told + "".join(f"{remark}\n" for remark in table.remarks)


def missing_text(table: CoverageTable) -> str:
    """Write what is missing, one a line."""
    return "".join(f"{name}\n" for name in table.missing)


def table_json(table: CoverageTable) -> str:
    """Write the same as JSON."""
    return machine_form(table.base, table.data)


def table_html(table: CoverageTable) -> str:
    """Write the same as a page that needs nothing beside it."""
    return "".join(_html(table))


def _html(table: CoverageTable) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f"<title>{escape(table.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    yield f"<h1>{escape(table.title)}</h1>\n"
    yield from (f"<p>{escape(remark)}</p>\n" for remark in table.remarks)
    yield f"<table>\n<thead>{_row(table.head, table.right, 'th')}</thead>\n<tbody>\n"
    for number, row in enumerate(table.rows):
        yield _row(row, table.right, "td", " class=gap" if number in table.gaps else "") + "\n"
    yield "</tbody>\n</table>\n</body>\n</html>\n"


def _row(cells: Sequence[str], right: Sequence[int], tag: str, mark: str = "") -> str:
    inner = "".join(
        f"<{tag}{' class=n' if place in right else ''}>{escape(cell.strip())}</{tag}>"
        for place, cell in enumerate(cells)
    )
    return f"<tr{mark}>{inner}</tr>"
