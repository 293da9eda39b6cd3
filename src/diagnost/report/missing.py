"""The page that tells which missing figure is worth asking for."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from diagnost.model.json_numbers import plain
from diagnost.pipeline import Case
from diagnost.report import formats
from diagnost.report.figures import Figures
from diagnost.report.gap_sentences import MOST_NAMED, MOST_USEFUL, enumerated
from diagnost.report.words import words_of
from diagnost.report.worth_asking import Verdicted, WorthAsking


class MissingRow(NamedTuple):
    """One figure that is worth asking for."""

    name: str
    lines: tuple[str, ...]


class MissingPage(NamedTuple):
    """Everything that the page shows."""

    language: str
    company: str
    subtitle: str
    opening: str
    rows: tuple[MissingRow, ...]
    words: dict[str, str]


def missing_page(
    case: Case, period: str, found: Sequence[WorthAsking], language: str, root: Path
) -> MissingPage:
    """Write what is worth asking for, what would settle most first."""
    words = words_of(language, root)
    figures = Figures(case, language, words)
    company = case.accounts.company
    return MissingPage(
        language=language,
        company=company.name or words["the_company"],
        subtitle=words["missing.title"].format(period=figures.period(period)),
        opening=words["missing.opening" if found else "missing.nothing"],
        rows=tuple(_row(each, figures, period) for each in found),
        words=words,
    )


def _row(each: WorthAsking, figures: Figures, period: str) -> MissingRow:
    words, language = figures.words, figures.language
    base = figures.case.base
    catalogue = base.catalogue
    item = catalogue.line_items.get(each.name)
    name = item.names if item is not None else catalogue.questions[each.name].asks
    lines = []
    if each.readings:
        names = (catalogue.indicators[i].name.in_language(language) for i in each.readings)
        listed = words["list.comma"].join(formats.lowered(n) for n in names)
        lines.append(words["missing.figures"].format(list=listed))
    if item is not None and each.most is not None:
        lines.append(room(each.least, each.most, figures))
    areas = {a.id: a.name.in_language(language) for a in base.areas}
    states = {s.verdict_on: s for s in base.states.values()}
    for verdict in each.verdicts:
        named = {w.id: w.name.in_language(language) for w in states[verdict.area].words}
        many = len(verdict.needs) > MOST_NAMED
        lines.append(
            words[_kind(verdict, of_item=item is not None)].format(
                area=areas[verdict.area],
                words=_choice([named[w] for w in verdict.words], words),
                needs=enumerated(verdict.needs[: MOST_USEFUL if many else None], figures),
            )
        )
    for entry in each.certain:
        brief = base.statements[entry].brief
        told = figures.sentence(brief, period) if brief is not None else None
        if told:
            lines.append(words["missing.certain"].format(brief=told))
    return MissingRow(name.in_language(language), tuple(lines))


def room(least: Decimal | None, most: Decimal, figures: Figures) -> str:
    """Say between which amounts, in the unit of the accounts, a line item must lie."""
    least = least or Decimal(0)
    key = "only" if least == most else "between" if least else "at_most"
    written = {"least": _money(least, figures), "most": _money(most, figures)}
    return figures.words[f"missing.{key}"].format(**written)


def _kind(verdict: Verdicted, *, of_item: bool) -> str:
    """Return the key of the sentence for a judgement: certain, one of several, or not always."""
    if verdict.open:
        key = "open" if verdict.needs else "perhaps"
        key = "long" if len(verdict.needs) > MOST_NAMED else key
        return f"missing.{key}_{'verdict' if of_item else 'answer'}"
    return "missing.certain_verdict" if len(verdict.words) == 1 else "missing.verdict"


def _choice(parts: Sequence[str], words: dict[str, str]) -> str:
    """Join words of judgements, in quotation marks, of which one will be true."""
    *first, last = (words["gaps.quoted"].format(name=part) for part in parts)
    if not first:
        return last
    return words["explain.or"].join((words["list.quoted"].join(first), last))


def _money(value: Decimal, figures: Figures) -> str:
    accounts = figures.case.accounts
    amount = value * accounts.unit
    return formats.money(amount, accounts.currency, figures.language, figures.words)


def missing_data(period: str, found: Sequence[WorthAsking]) -> dict[str, Any]:
    """Return the same as ids and numbers."""
    return {
        "period": period,
        "worth_asking": [
            {
                "name": each.name,
                "least": plain(each.least),
                "most": plain(each.most),
                "indicators": list(each.readings),
                "statements": each.rules,
                "certain": list(each.certain),
                "verdicts": [
                    {
                        "area": v.area,
                        "words": list(v.words),
                        "always": not v.open,
                        "needs": list(v.needs),
                    }
                    for v in each.verdicts
                ],
            }
            for each in found
        ],
    }
