"""What the reader must know about the data: checks, and what was done on reading."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from diagnost.model.accounts import Note, Origin
from diagnost.model.diagnosis import Finding
from diagnost.model.indicator import Polarity, Reading
from diagnost.model.suspicion import Check
from diagnost.pipeline import Case
from diagnost.report import formats
from diagnost.report.document import Sentence
from diagnost.report.figures import Figures
from diagnost.report.formats import lowered
from diagnost.report.notes import Notebook

BALANCE = ("total_assets", "equity", "total_liabilities")


def data_sentences(
    case: Case, figures: Figures, notes: Notebook, period: str
) -> tuple[Sentence, ...]:
    """Return the data checks of all periods, then the notes of reading."""
    words = figures.words
    found = [
        (finding, text)
        for finding in case.diagnosis.findings
        if finding.statement.place == "data" and not finding.gave_way_to
        if (text := figures.whole(finding.statement.text, finding.statement.detail, finding.period))
    ]
    sentences = []
    checks: list[Check | None] = []  # what each sentence tells of
    if _balances(case) and not any(f.statement.invalidates for f, _ in found):
        sentences.append(Sentence(words["data.balanced"]))
        checks.append(None)
    same = Counter((finding.statement.id, text) for finding, text in found)
    for finding, text in found:
        steady = _is_steady(case, finding, same[finding.statement.id, text])
        if steady and finding.period != case.accounts.periods[-1].id:
            continue
        number = notes.cite(finding.statement.cites, finding.firings, finding.period)
        lead = "" if steady else _lead(case, figures, finding.period)
        sentences.append(Sentence(f"{lead}{text}", (number,), finding.statement.id))
        checks.append((finding.statement.id, finding.period))
    told = {(f.period, reading.indicator) for f, _ in found for reading in _readings(f, notes)}
    for note in case.accounts.notes:
        item = f"lines.{note.figures.get('item')}"
        if (note.figures.get("period"), item) not in told and (text := remark(note, figures)):
            sentences.append(Sentence(text))
            checks.append(check_of(note, case))
    sentences = _with_suspicions(case, figures, sentences, checks)
    sentences += [Sentence(text) for text in _origins(case, figures, period)]
    return tuple(dict.fromkeys(sentences))


def _is_steady(case: Case, finding: Finding, times: int) -> bool:
    """Say whether what is told for information is the same in all periods: it is told once."""
    return finding.statement.polarity is Polarity.INFO and times == len(case.accounts.periods)


def _lead(case: Case, figures: Figures, period: str) -> str:
    """Return what a sentence about one period begins with, where several are given."""
    if len(case.accounts.periods) == 1:
        return ""
    return figures.words["data.period"].format(period=figures.period(period))


def _with_suspicions(
    case: Case, figures: Figures, sentences: Sequence[Sentence], checks: Sequence[Check | None]
) -> list[Sentence]:
    """Say which figure is most likely wrong, after the last sentence that tells of it."""
    if not case.suspicions:
        return list(sentences)
    from diagnost.report.suspicions import suspicion_text

    following: dict[int, list[Sentence]] = {}
    for suspicion in case.suspicions:
        told = [i for i, check in enumerate(checks) if check in suspicion.checks]
        if told and (check := checks[told[-1]]) is not None:
            text = suspicion_text(suspicion, figures, check[1])
            lead = _lead(case, figures, check[1])
            following.setdefault(told[-1], []).append(Sentence(f"{lead}{text}"))
    return [
        each
        for index, sentence in enumerate(sentences)
        for each in (sentence, *following.get(index, ()))
    ]


def check_of(note: Note, case: Case) -> Check | None:
    """Return the contradiction that a note of reading tells of, if it tells of one."""
    indicator = case.base.catalogue.indicator(note.figures.get("symbol", ""))
    if not note.kind.startswith("given_") or indicator is None:
        return None
    return indicator.id, note.figures["period"]


def _readings(finding: Finding, notes: Notebook) -> tuple[Reading, ...]:
    return notes.readings_of(finding.firings, finding.period)


def _balances(case: Case) -> bool:
    return all(
        (item, period.id) in case.accounts.amounts
        and case.accounts.amounts[item, period.id].origin is not Origin.DERIVED
        for item in BALANCE
        for period in case.accounts.periods
    )


def _origins(case: Case, figures: Figures, period: str) -> Iterable[str]:
    """Say which amounts were derived or taken as nil."""
    for origin in (Origin.DERIVED, Origin.ASSUMED_NIL):
        items = dict.fromkeys(
            amount.item for amount in case.accounts.amounts.values() if amount.origin is origin
        )
        if items:
            yield figures.words[f"notes.{origin.value}"].format(items=_names(items, figures))


def remark(note: Note, figures: Figures) -> str:
    """Write one note of reading; ids of line items and indicators become their names."""
    template = figures.words.get(f"notes.{note.kind}")
    if template is None:
        return ""
    values = dict(note.figures)
    if "period" in values:
        values["period"] = figures.period(values["period"])
    catalogue = figures.case.base.catalogue
    if "value" in values:
        values["value"] = formats.amount(Decimal(values["value"]), figures.language)
    if "unit" in values:
        values["unit"] = figures.unit(int(values["unit"]))
    if "activity" in values:
        values["activity"] = figures.words[f"activity.{values['activity']}"]
    indicator = catalogue.indicator(values.get("symbol", ""))
    for key in ("given", "computed", "low", "high", "used"):
        if indicator is not None and key in values:
            values[key] = figures.write(Decimal(values[key]), indicator.unit)
    if "before" in values:
        values["items"] = _replaced(values, figures)
    for key in ("items", "item"):
        if key in values and "before" not in values:
            ids = [part.strip() for part in values[key].split(",")]
            values[key] = (
                _names([i for i in ids if i in catalogue.line_items], figures) or values[key]
            )
    return template.format(**values)


def _replaced(values: Mapping[str, str], figures: Figures) -> str:
    """Return items with the amounts that were used and those in whose place they came."""

    def shown(key: str) -> list[str]:
        return [formats.amount(Decimal(n), figures.language) for n in values[key].split(", ")]

    line_items = figures.case.base.catalogue.line_items
    return figures.words["list.comma"].join(
        figures.words["notes.replaced"].format(
            item=lowered(line_items[item].names.in_language(figures.language)),
            before=before,
            now=now,
        )
        for item, before, now in zip(
            values["items"].split(", "), shown("before"), shown("now"), strict=True
        )
    )


def _names(items: Iterable[str], figures: Figures) -> str:
    line_items = figures.case.base.catalogue.line_items
    comma = figures.words["list.comma"]
    names = (line_items[item].names.in_language(figures.language) for item in items)
    return comma.join(lowered(name) for name in names)
