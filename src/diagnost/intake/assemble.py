"""A draft → accounts: periods in order, numbers read, rows settled, signs and scales checked."""

from diagnost.intake.amounts import in_order, settle_amounts
from diagnost.intake.as_of import own_period, settle_as_of
from diagnost.intake.cells import Cell
from diagnost.intake.draft import Draft
from diagnost.intake.elsewhere import settle_elsewhere
from diagnost.intake.filing import Numbers, read_numbers
from diagnost.intake.labels import INDICATOR
from diagnost.intake.methods import settle_method
from diagnost.intake.particulars import (
    settle_company,
    settle_context,
    settle_given,
    unit_of_context,
)
from diagnost.intake.periods import settle_periods
from diagnost.intake.remarks import Remarks, gathered
from diagnost.intake.scales import check_scales
from diagnost.intake.signs import settle_signs
from diagnost.intake.units import Units, settle_units
from diagnost.model.accounts import Accounts
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import At
from diagnost.model.records import Records


def assemble(draft: Draft, catalogue: Catalogue, remarks: Remarks) -> Accounts:
    """Judge a draft; raises DiagnostError with every problem of the file."""
    periods, ids = settle_periods(draft.headings, draft.file, remarks)
    numbers = read_numbers(
        _number_cells(draft, catalogue),
        draft.stray,
        text_files=draft.text_files,
        remarks=remarks,
    )
    amounts = in_order(
        settle_amounts(draft.entries, ids, numbers, remarks),
        catalogue.line_items,
        (period.id for period in periods),
    )
    units = settle_units(draft, catalogue, remarks)
    given = settle_given(draft.entries, ids, numbers, catalogue, units, remarks)
    peers = settle_elsewhere(draft.elsewhere, ids, numbers, catalogue, remarks)
    context = settle_context(draft.context, numbers, catalogue, units, remarks)
    records = _records(draft, numbers, catalogue, units, remarks)
    as_of = settle_as_of(
        draft.as_of, draft.headings, records, catalogue.tables, draft.file, remarks
    )
    method = settle_method(draft.method, catalogue.methods, remarks)
    company, currency, activity = settle_company(draft.facts, remarks)
    if activity is not None and "activity" in catalogue.questions:
        context.setdefault("activity", activity)
    without_statements = bool(records) or any(catalogue.questions[q].purpose for q in context)
    if not periods and without_statements:
        periods = (own_period(as_of, draft.file),)
    if not amounts and not given and not without_statements and not remarks.problems:
        remarks.error(
            "A117",
            "there are no amounts in this file",
            At(draft.file),
            "Fill in at least one line item for at least one period, records or a questionnaire.",
        )
    amounts = settle_signs(amounts, catalogue, draft.file, remarks)
    check_scales(amounts, periods, remarks)
    remarks.stop_if_any()
    return Accounts(
        file=draft.file,
        company=company,
        currency=currency,
        unit=units.statements,
        periods=periods,
        amounts=amounts,
        given=given,
        context=context,
        method=method,
        notes=gathered(remarks.notes),
        peers=peers,
        records=records,
        as_of=as_of,
    )


def _records(
    draft: Draft, numbers: Numbers, catalogue: Catalogue, units: Units, remarks: Remarks
) -> Records:
    if not draft.records:
        return {}
    from diagnost.intake.records import settle_records
    from diagnost.intake.table_labels import TableLabels

    labels = TableLabels(catalogue.tables.values())
    return settle_records(draft.records, numbers.decimal, units.of_records, labels, remarks)


def _number_cells(draft: Draft, catalogue: Catalogue) -> list[tuple[Cell, bool]]:
    """Return every cell that should hold a number, with whether it is an amount of money."""
    cells: list[tuple[Cell, bool]] = []
    for entry in draft.entries:
        ratio = (
            entry.match.kind == INDICATOR
            and catalogue.indicators[entry.match.id].unit.value != "money"
        )
        cells.extend((cell, not ratio) for cell in entry.cells.values())
    for key, cell in draft.context:
        unit = unit_of_context(key, catalogue)
        if unit:
            cells.append((cell, unit == "money"))
    if draft.records:
        from diagnost.intake.records import number_cells

        cells.extend(number_cells(draft.records))
    cells.extend((figure.cell, False) for figure in draft.elsewhere)
    return cells
