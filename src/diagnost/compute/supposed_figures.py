"""The accounts with supposed figures in them: amounts, answers and given indicators."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from diagnost.compute.readings import ReadingsOnDemand
from diagnost.model.accounts import Accounts, Amount, Answer, GivenReading, Note, Origin
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import At
from diagnost.model.supposition import Change, How, Moved, SuppositionError


def with_others(
    accounts: Accounts, catalogue: Catalogue, changes: Iterable[Change], period: str
) -> Accounts:
    """Return the accounts with other answers and other given indicators.

    Raise SuppositionError for an indicator that follows from other figures.
    """
    context, given = dict(accounts.context), dict(accounts.given)
    for change in changes:
        place = At(accounts.file)
        indicator = catalogue.indicator(change.name)
        if indicator is None:
            known = context.get(change.name)
            value = _changed(change, known.value if known else None)
            context[change.name] = Answer(change.name, value, known.at if known else place)
            continue
        before = ReadingsOnDemand(replace(accounts, given={}), catalogue)[indicator.id, period]
        if before.value is not None:
            inputs = ", ".join(dict.fromkeys(i.item for i in before.inputs if i.item))
            hint = f"Change these instead: {inputs}." if inputs else ""
            raise SuppositionError(
                f"{change.name} follows from other figures and cannot be set", hint
            )
        old = given.get((indicator.id, period))
        value = _changed(change, old.value if old else None)
        assert isinstance(value, Decimal)
        given[indicator.id, period] = GivenReading(
            indicator.id, period, value, old.at if old else place
        )
    return replace(accounts, context=context, given=given)


def _changed(change: Change, before: Decimal | str | None) -> Decimal | str:
    if change.how is How.TO:
        return change.value
    if not isinstance(before, Decimal) or not isinstance(change.value, Decimal):
        raise SuppositionError(
            f"{change.name} is not given, so it cannot change by {change.as_written}",
            f"Give it a value: {change.name}=…",
        )
    return before + change.value if change.how is How.BY else before * (1 + change.value)


def with_amounts(
    accounts: Accounts, catalogue: Catalogue, moved: Sequence[Moved], period: str
) -> Accounts:
    """Return the accounts with the moved amounts; given indicators that they decide go."""
    amounts = dict(accounts.amounts)
    for each in moved:
        before = amounts.get((each.item, period))
        amounts[each.item, period] = Amount(
            item=each.item,
            period=period,
            value=each.after,
            at=before.at if before else At(accounts.file),
            as_written=before.as_written if before else "",
            origin=Origin.SUPPOSED,
        )
    changed = replace(accounts, amounts=amounts)
    readings = ReadingsOnDemand(replace(changed, given={}), catalogue)
    items = {each.item for each in moved}
    given = {
        key: reading
        for key, reading in accounts.given.items()
        if key[1] != period
        or readings[key].value is None
        or items.isdisjoint(amount.item for amount in readings[key].inputs)
    }
    notes = tuple(
        Note(
            kind=f"supposed_{each.why}",
            figures={"item": each.item, "period": period, "value": str(each.after)},
        )
        for each in moved
        if each.why != "follows"
    )
    return replace(changed, given=given, notes=(*accounts.notes, *notes))
