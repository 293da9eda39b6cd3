"""What the reader must know about the data: checks, what was done on reading, what is missing."""

from collections.abc import Iterable

from diagnost.model.accounts import Note, Origin
from diagnost.model.diagnosis import NotAssessed
from diagnost.model.rule import Recommendation, Statement
from diagnost.pipeline import Case
from diagnost.report.document import Sentence
from diagnost.report.figures import Figures
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
        if (text := figures.sentence(finding.statement.text, finding.period))
    ]
    several = len(case.accounts.periods) > 1
    sentences = []
    for finding, text in found:
        number = notes.cite(finding.statement.cites, finding.firings, finding.period)
        lead = words["data.period"].format(period=finding.period) if several else ""
        sentences.append(Sentence(f"{lead}{text}", (number,), finding.statement.id))
    if _balances(case) and not any(f.statement.invalidates for f, _ in found):
        sentences.insert(0, Sentence(words["data.balanced"]))
    sentences += [Sentence(text) for note in case.accounts.notes if (text := remark(note, figures))]
    sentences += [Sentence(text) for text in _origins(case, figures, period)]
    return tuple(dict.fromkeys(sentences))


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
    catalogue = figures.case.base.catalogue
    for key in ("items", "item"):
        if key in values:
            ids = [part.strip() for part in values[key].split(",")]
            values[key] = (
                _names([i for i in ids if i in catalogue.line_items], figures) or values[key]
            )
    return template.format(**values)


def _names(items: Iterable[str], figures: Figures) -> str:
    line_items = figures.case.base.catalogue.line_items
    comma = figures.words["list.comma"]
    return comma.join(line_items[item].names.in_language(figures.language) for item in items)


def gap_sentences(case: Case, figures: Figures, period: str) -> tuple[str, ...]:
    """Say what could not be judged in a period and which line or answer would settle it."""
    words, language = figures.words, figures.language
    catalogue = case.base.catalogue
    by_needs: dict[tuple[str, ...], list[str]] = {}
    by_reason: dict[str, list[str]] = {}
    asked: dict[str, None] = {}
    for gap in case.diagnosis.not_assessed:
        if gap.period != period:
            continue
        questions = [need for need in gap.missing.needs if need in catalogue.questions]
        asked.update(dict.fromkeys(questions))
        what = _what(gap, figures)
        needs = tuple(need for need in gap.missing.needs if need not in questions)
        if gap.rule is not None and (questions or not needs):
            continue  # told by the question, or by the indicator that has no reading
        if gap.missing.reason in ("missing", "no_previous_period"):
            needs = needs or (("earlier_period",) if gap.missing.reason != "missing" else ())
            if needs:
                by_needs.setdefault(tuple(sorted(needs)), []).append(what)
        else:
            by_reason.setdefault(gap.missing.reason, []).append(what)
    sentences = [
        words["gaps.line"].format(
            needs=_listed([_need(n, figures) for n in needs], words),
            what=_listed(list(dict.fromkeys(what)), words),
        )
        for needs, what in sorted(by_needs.items(), key=lambda row: (-len(row[1]), row[0]))
    ]
    sentences += [
        words["gaps.reason"].format(
            what=_listed(what, words), reason=case.base.reasons[reason].in_language(language)
        )
        for reason, what in sorted(by_reason.items())
    ]
    if asked:
        asks = words["list.space"].join(
            catalogue.questions[q].asks.in_language(language) for q in sorted(asked)
        )
        sentences.append(words["gaps.questions"].format(asks=asks))
    return tuple(sentences) or (words["gaps.none"],)


def _what(gap: NotAssessed, figures: Figures) -> str:
    if isinstance(gap.rule, Statement | Recommendation):
        return figures.words["gaps.statements"]
    indicator = figures.case.base.catalogue.indicators[gap.entry]
    return indicator.name.in_language(figures.language)


def _need(need: str, figures: Figures) -> str:
    if need == "earlier_period":
        return figures.words["gaps.earlier"]
    catalogue = figures.case.base.catalogue
    item = catalogue.line_items.get(need)
    if item is not None:
        return item.names.in_language(figures.language)
    indicator = catalogue.indicator(need)
    return indicator.name.in_language(figures.language) if indicator else need


def _listed(parts: list[str], words: dict[str, str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return words["list.comma"].join(parts[:-1]) + words["list.last"] + parts[-1]


def method_lines(case: Case, words: dict[str, str]) -> tuple[str, ...]:
    """Name the method, the meaning of the asterisk and the knowledge base."""
    return (
        words["data.method"].format(days=365),
        words["data.assumed"],
        words["data.version"].format(version=case.base.version),
    )
