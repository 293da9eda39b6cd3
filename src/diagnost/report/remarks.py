"""What the reader must know about the data: checks, what was done on reading, what is missing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from diagnost.model.accounts import Note, Origin
from diagnost.model.diagnosis import Finding, NotAssessed
from diagnost.model.indicator import Reading
from diagnost.model.records import RECORDS
from diagnost.model.rule import Truth
from diagnost.model.suspicion import Check
from diagnost.pipeline import Case
from diagnost.report import formats
from diagnost.report.document import Sentence
from diagnost.report.figures import Figures
from diagnost.report.formats import lowered
from diagnost.report.notes import Notebook

MOST_USEFUL = 3
"""How many lines are named as worth asking for."""

MOST_LINES = 5
"""How many lines say what is lacking for which figure; more are folded by statement of accounts."""

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
    for finding, text in found:
        number = notes.cite(finding.statement.cites, finding.firings, finding.period)
        lead = _lead(case, figures, finding.period)
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
    names = (line_items[item].names.in_language(figures.language) for item in items)
    return comma.join(lowered(name) for name in names)


def gap_sentences(case: Case, figures: Figures, period: str) -> tuple[str, ...]:
    """Say what could not be judged in a period and which line or answer would settle it.

    What did not arise is no gap: nobody was dismissed, so there is nothing to judge.
    """
    words, language = figures.words, figures.language
    base, catalogue = case.base, case.base.catalogue
    gaps = [
        gap
        for gap in case.diagnosis.not_assessed
        if gap.period == period and gap.missing.reason not in base.moot
    ]
    by_needs: dict[tuple[str, ...], list[str]] = {}
    by_reason: dict[tuple[str, str], list[str]] = {}
    for gap in gaps:
        indicator = catalogue.indicators.get(gap.entry)
        if indicator is None:
            continue
        name = indicator.name.in_language(language)
        if gap.missing.reason == "missing" and _asked(gap.missing.needs, case):
            continue  # the questions are listed by themselves
        if gap.missing.reason == "missing":
            by_needs.setdefault(tuple(sorted(gap.missing.needs)), []).append(name)
        else:
            reason = gap.missing.reason, base.reason(gap.missing, language)
            by_reason.setdefault(reason, []).append(name)
    records = {needs: by_needs.pop(needs) for needs in list(by_needs) if _on_records(needs)}
    ordered = dict(sorted(by_needs.items(), key=lambda row: (-len(row[1]), row[0])))
    folded = _folded(ordered, figures) if len(ordered) > MOST_LINES else {}
    sentences = [
        words["gaps.folded"].format(
            what=_listed([lowered(name) for name in what], words),
            needs=enumerated(needs, figures),
        )
        for needs, what in folded.items()
    ]
    told = {name for what in folded.values() for name in what}
    sentences += [
        words["gaps.line"].format(
            what=_listed(what, words),
            needs=enumerated(needs, figures),
        )
        for needs, what in ordered.items()
        if not told.issuperset(what)
    ]
    sentences += [
        words["gaps.reason"].format(what=_listed(what, words), reason=reason)
        for (_, reason), what in sorted(by_reason.items())
    ]
    sentences += _records_wanted(records, figures)
    nobody = catalogue.groups and not case.accounts.peers and case.accounts_looked_at
    unseen = [
        side.unseen.in_language(language)
        for side in catalogue.sides.values()
        if side.unseen is not None and side.id not in case.sides and not case.subject
    ]
    alone = [words["gaps.others"]] if nobody else []
    return (*unseen, *sentences, *_worth_asking(gaps, figures), *alone) or (words["gaps.none"],)


def _asked(needs: Sequence[str], case: Case) -> bool:
    """Say whether nothing but answers to a questionnaire is needed."""
    questions = (case.base.catalogue.questions.get(need) for need in needs)
    return bool(needs) and all(question is not None and question.purpose for question in questions)


def _on_records(needs: Sequence[str]) -> bool:
    return any(need.startswith(RECORDS) for need in needs)


def _records_wanted(
    by_needs: Mapping[tuple[str, ...], list[str]], figures: Figures
) -> Iterator[str]:
    """Name the tables that are missing, with how many figures rest on them, then the columns."""
    words, tables = figures.words, figures.case.base.catalogue.tables
    resting: Counter[str] = Counter()
    columns: dict[str, dict[str, None]] = {}
    for needs, names in by_needs.items():
        for need in needs:
            if not need.startswith(RECORDS):
                continue
            table, _, column = need.removeprefix(RECORDS).partition(".")
            if column:
                name = tables[table].columns[column].names.in_language(figures.language)
                columns.setdefault(table, {})[words["gaps.quoted"].format(name=name)] = None
            else:
                resting[table] += len(names)
    if resting:
        listed = [
            words["gaps.resting"].format(
                table=tables[table].names.in_language(figures.language), count=count
            )
            for table, count in sorted(resting.items(), key=lambda row: (-row[1], row[0]))
        ]
        yield words["gaps.tables"].format(tables=words["list.comma"].join(listed))
    if columns:
        named = [
            words["gaps.columns_of"].format(
                table=tables[table].names.in_language(figures.language),
                columns=words["list.comma"].join(found),
            )
            for table, found in sorted(columns.items())
        ]
        yield words["gaps.columns"].format(columns=words["list.semicolon"].join(named))


def _folded(
    by_needs: Mapping[tuple[str, ...], list[str]], figures: Figures
) -> dict[tuple[str, ...], list[str]]:
    """Return what could be judged with the missing lines of each statement of accounts.

    First what needs the balance sheet alone, then what needs the income statement (or the cash
    flow), then what needs both. What needs anything but lines is left out.
    """
    items = figures.case.base.catalogue.line_items
    rank = {item: place for place, item in enumerate(items)}
    needs_of: dict[tuple[bool, bool], set[str]] = {}
    names_of: dict[tuple[bool, bool], list[str]] = {}
    for needs, names in by_needs.items():
        if not all(need in items for need in needs):
            continue
        on_sheet = {items[need].statement == "balance_sheet" for need in needs}
        kind = (False in on_sheet, True not in on_sheet)
        needs_of.setdefault(kind, set()).update(needs)
        names_of.setdefault(kind, []).extend(names)
    order = ((False, False), (True, True), (True, False))
    return {
        tuple(sorted(needs_of[kind], key=rank.__getitem__)): names_of[kind]
        for kind in order
        if kind in needs_of
    }


def _worth_asking(gaps: list[NotAssessed], figures: Figures) -> list[str]:
    """Name the lines, periods and answers that would let most undecided entries be decided."""
    if not gaps:
        return []
    words = figures.words
    catalogue = figures.case.base.catalogue
    missing = [gap.missing for gap in gaps if gap.missing.reason == "missing"]
    needed = Counter(need for gap in missing for need in set(gap.needs))
    lines = sorted(
        (need for need in needed if need in catalogue.line_items),
        key=lambda need: (-needed[need], need),
    )
    sentences = []
    if lines:
        useful = enumerated(lines[:MOST_USEFUL], figures)
        sentences.append(words["gaps.most_useful"].format(lines=useful))
    if needed["earlier_period"] and len(figures.case.accounts.periods) == 1:
        sentences.append(words["gaps.earlier"])
    case, period = figures.case, gaps[0].period
    facts, told = case.runs[period].base, _told_otherwise(case, period)
    # An answer would change nothing where the matter does not arise, or is known from elsewhere.
    questions = [
        q
        for q in catalogue.questions.values()
        if needed[q.id] and q.id not in told and q.asked_where.holds(facts.truth_of) is Truth.YES
    ]
    whole = [q for q in questions if not q.purpose]
    further = sorted((q for q in questions if q.purpose), key=lambda q: -needed[q.id])
    questions = [*whole, *further[:MOST_USEFUL]]
    if questions:
        asks = words["list.space"].join(q.asks.in_language(figures.language) for q in questions)
        sentences.append(words["gaps.questions"].format(asks=asks))
    return sentences


def _told_otherwise(case: Case, period: str) -> frozenset[str]:
    """Return the questions whose answers a second formula has already given."""
    return frozenset(
        name.name
        for indicator in case.base.catalogue.indicators.values()
        if indicator.otherwise
        and not indicator.per
        and case.readings[indicator.id, period].value is not None
        for name in indicator.formula.names
    )


def enumerated(needs: Sequence[str], figures: Figures) -> str:
    """Name line items, indicators and answers that are needed, in one list."""
    return _listed([lowered(_need(need, figures)) for need in needs], figures.words)


def _need(need: str, figures: Figures) -> str:
    if need == "earlier_period":
        return figures.words["gaps.period"]
    catalogue = figures.case.base.catalogue
    if need == "as_of":
        return figures.words["gaps.as_of"]
    if need.startswith(RECORDS):
        return _records(need.removeprefix(RECORDS), figures)
    question = catalogue.questions.get(need)
    if question is not None and question.purpose:
        ask = question.asks.in_language(figures.language)
        return figures.words["gaps.answer"].format(ask=ask)
    item = catalogue.line_items.get(need)
    if item is not None:
        return item.names.in_language(figures.language)
    indicator = catalogue.indicator(need)
    return indicator.name.in_language(figures.language) if indicator else need


def _records(need: str, figures: Figures) -> str:
    """Name a table of records, or a column of one."""
    table_id, _, column_id = need.partition(".")
    table = figures.case.base.catalogue.tables[table_id]
    name = table.names.in_language(figures.language)
    if not column_id:
        return figures.words["gaps.table"].format(table=name)
    column = table.columns[column_id].names.in_language(figures.language)
    return figures.words["gaps.column"].format(column=column, table=name)


def _listed(parts: list[str], words: dict[str, str]) -> str:
    """Join names into one list; all but the first begin small, as within a sentence."""
    if len(parts) < 2:
        return "".join(parts)
    first, *others = parts
    small = [first, *(lowered(part) for part in others)]
    return words["list.comma"].join(small[:-1]) + words["list.last"] + small[-1]


def about_lines(case: Case, words: dict[str, str]) -> tuple[str, ...]:
    """Tell the meaning of the asterisk and name the knowledge base."""
    return (words["data.assumed"], words["data.version"].format(version=case.base.version))
