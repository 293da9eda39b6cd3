"""Document and case → XLSX: words on some sheets, on others figures that follow the amounts."""

from collections.abc import Sequence
from decimal import Decimal

from diagnost.model.indicator import Unit
from diagnost.pipeline import Case
from diagnost.report.derivations import Derivations
from diagnost.report.document import Document, Sentence
from diagnost.report.figures import Figures
from diagnost.report.workbook.book import Book, sheet_name
from diagnost.report.workbook.book import Sheet as Page
from diagnost.report.workbook.ledger import YEAR_DAYS, Key, Layout, Ledger, number_format

_FIRST_ROW = 3
"""Of figures: above stand the title, a remark and the heads."""
_AMOUNT = Unit.MONEY


def as_workbook(case: Case, document: Document) -> bytes:
    """Return a diagnosis as a workbook; the same diagnosis gives the same bytes.

    Indicators are formulas over the amounts, which are formulas where they were derived. Judgements
    and sentences are words: they do not change with the figures.
    """
    return _Writer(case, document).write()


class _Writer:
    def __init__(self, case: Case, document: Document) -> None:
        self.case = case
        self.d = document
        self.words = document.words
        self.figures = Figures(case, document.language, document.words)
        self.derivations = Derivations(self.figures)
        head = document.letterhead
        author, house = (head.author or head.name, head.name) if head else ("", "")
        self.book = Book(document.company, self.words["title"], author, house)
        self.ledger = Ledger(
            case,
            document.periods,
            [row.id for row in document.readings],
            Layout(
                indicators=sheet_name(self.words["heading.readings"]),
                amounts=sheet_name(self.words["heading.amounts"]),
                inputs=sheet_name(self.words["workbook.inputs"]),
                row=_FIRST_ROW,
                column=1,
            ),
        )

    def write(self) -> bytes:
        """Write every sheet for which there is anything."""
        self._summary()
        self._findings()
        if self.d.advice:
            self._plan()
        if self.d.readings:
            self._indicators()
        if self.ledger.items:
            self._amounts()
        if self.ledger.inputs:
            self._inputs()
        self._remarks()
        return self.book.content()

    # --- words --------------------------------------------------------------------------------

    def _summary(self) -> None:
        periods = self.d.periods
        widths = (32, *(20 for _ in periods), 70)
        page = self.book.sheet(self.words["heading.summary"], widths, one_page=True)
        row = self._letterhead(page)
        page.line(row, self.d.company, bold=True, font_size=16)
        page.line(row + 1, self.d.subtitle)
        page.line(row + 2, self.d.reader, italic=True)
        row += 4
        for sentence in self.d.summary:
            page.line(row, self._plain([sentence]))
            row += 1
        row += 1
        if self.d.verdicts:
            row = self._verdicts(page, row)
        head = self.d.letterhead
        for line in (head.disclaimer, " · ".join(head.contact)) if head else ():
            if line:
                row += 1
                page.line(row, line, font_size=9)

    def _letterhead(self, page: Page) -> int:
        """Write who hands the workbook out; return the row of what follows."""
        head = self.d.letterhead
        if head is None:
            return 0
        row = 0
        for line in (head.name, " · ".join(filter(None, (head.author, head.date)))):
            if line:
                page.line(row, line, bold=line == head.name)
                row += 1
        return row + 1

    def _verdicts(self, page: Page, row: int) -> int:
        """Write the judgements by area; return the row below them."""
        words, periods = self.words, self.d.periods
        page.line(row, words["heading.verdicts"], bold=True, font_size=12)
        page.head(row + 1, (words["column.area"], *periods, words["column.because"]))
        for line, verdict in enumerate(self.d.verdicts, start=row + 2):
            page.text(line, 0, verdict.area, bold=verdict.id == "overall")
            for column, word in enumerate(verdict.words, start=1):
                page.text(line, column, word.text, polarity=word.polarity)
            page.text(line, len(periods) + 1, verdict.because)
        return row + 2 + len(self.d.verdicts)

    def _findings(self) -> None:
        words = self.words
        page = self.book.sheet(words["workbook.findings"], (24, 16, 80, 8, 80))
        heads = ("column.area", "column.judgement", "workbook.finding", "workbook.note")
        page.head(0, [*(words[head] for head in heads), words["heading.grounds"]])
        page.freeze(1, 1)
        row = 1
        for area in self.d.areas:
            for sentence in (*area.sentences, *area.why, *area.listed):
                page.text(row, 0, area.name)
                if area.verdict:
                    page.text(row, 1, area.verdict.text, polarity=area.verdict.polarity)
                self._finding(page, row, sentence)
                row += 1
        for part in self.d.one_by_one:
            for person in part.rows:
                for sentence in (*person.sentences, *person.listed):
                    page.text(row, 0, person.name)
                    self._finding(page, row, sentence)
                    row += 1
        page.filtered(row - 1)

    def _finding(self, page: Page, row: int, sentence: Sentence) -> None:
        page.text(row, 2, sentence.text)
        page.text(row, 3, ", ".join(map(str, sentence.notes)))
        page.text(row, 4, "\n".join(self._grounds(number) for number in sentence.notes))

    def _grounds(self, number: int) -> str:
        note = self.d.notes[number - 1]
        return "\n".join([*(figure.text for figure in note.figures), note.rest])

    def _plan(self) -> None:
        words = self.words
        page = self.book.sheet(words["heading.advice"], (5, 60, 45, 40, 22, 16, 14, 40))
        heads = ("what", "effect", "when", "until", "watch")
        what, effect, when, until, watch = (words[f"column.{head}"] for head in heads)
        owner = words["actions.owner"]
        page.head(0, ("", what, words["plan.first"], effect, owner, when, until, watch))
        page.freeze(1, 2)
        for line, step in enumerate(self.d.advice, start=1):
            page.number(line, 0, Decimal(step.rank), "0")
            cells = (step.what.text, step.first, step.effect, step.owner, step.when, step.until)
            for column, text in enumerate((*cells, step.watch), start=1):
                page.text(line, column, text)
        page.filtered(len(self.d.advice))

    def _remarks(self) -> None:
        """Write what could not be judged, what stands near a limit, and how the data were read."""
        page = self.book.sheet(self.words["heading.data"], (120,))
        parts: list[tuple[str, Sequence[str]]] = [
            ("heading.gaps", self.d.gaps),
            ("heading.near_limits", self.d.near_limits),
            ("sensitivity.methods", self.d.conventions),
            ("heading.data", [*(s.text for s in self.d.data), *self.d.method, *self.d.about]),
            ("heading.sources", self.d.sources),
        ]
        row = 0
        for heading, lines in parts:
            if lines:
                page.text(row, 0, self.words[heading], bold=True)
                for place, line in enumerate(lines, start=row + 1):
                    page.text(place, 0, line)
                row += len(lines) + 2

    def _plain(self, sentences: Sequence[Sentence]) -> str:
        return self.words["list.space"].join(sentence.text for sentence in sentences)

    # --- figures ------------------------------------------------------------------------------

    def _figures_page(self, heading: str, widths: Sequence[int], heads: Sequence[str]) -> Page:
        page = self.book.sheet(heading, widths)
        page.line(0, heading, bold=True, font_size=12)
        page.line(1, self.words["workbook.live"], italic=True)
        page.head(2, heads, range(1, 1 + len(self.d.periods)))
        page.freeze(_FIRST_ROW, 1)
        return page

    def _indicators(self) -> None:
        words, periods = self.words, self.d.periods
        heads = ("norm", "judgement", "trend", "formula")
        page = self._figures_page(
            words["heading.readings"],
            (44, *(13 for _ in periods), 14, 18, 14, 70),
            [words["column.indicator"], *periods, *(words[f"column.{head}"] for head in heads)],
        )
        after = 1 + len(periods)
        for row, reading in enumerate(self.d.readings, start=_FIRST_ROW):
            symbol = f" ({reading.symbol})" if reading.symbol else ""
            page.text(row, 0, reading.name + symbol)
            self._readings(page, row, reading.id)
            page.text(row, after, reading.norm, align="left", indent=1)
            if reading.judgement:
                judged = reading.judgement
                page.text(row, after + 1, judged.text, polarity=judged.polarity)
            page.text(row, after + 2, reading.trend)
            page.text(row, after + 3, reading.formula)
        if self.ledger.between:
            head = _FIRST_ROW + len(self.d.readings) + 1
            page.text(head, 0, words["workbook.between"], bold=True)
            for row, id_ in enumerate(self.ledger.between, start=head + 1):
                page.text(row, 0, self.ledger.indicator(id_).name.in_language(self.d.language))
                self._readings(page, row, id_)
                page.text(row, after + 3, self.derivations.formula(id_))

    def _readings(self, page: Page, row: int, id_: str) -> None:
        unit = self.ledger.indicator(id_).unit
        for period in self.d.periods:
            cell = self.ledger.reading_cell(id_, period)
            assert cell.row == row
            content = self.ledger.reading(id_, period)
            if content is None:
                page.text(row, cell.column, "–", align="right")
            else:
                form = number_format(unit, content.value)
                page.number(row, cell.column, content.value, form, content.formula)

    def _amounts(self) -> None:
        words, periods = self.words, self.d.periods
        page = self._figures_page(
            words["heading.amounts"],
            (50, *(14 for _ in periods), 60),
            [words["column.item"], *periods, words["column.place"]],
        )
        places = {row.id: row.places for row in self.d.amounts}
        for row, item in enumerate(self.ledger.items, start=_FIRST_ROW):
            names = self.case.base.catalogue.line_items[item].names
            page.text(row, 0, names.in_language(self.d.language))
            for period in periods:
                cell = self.ledger.amount_cell(item, period)
                content = self.ledger.amount(item, period)
                if content is None:
                    page.text(row, cell.column, "–", align="right")
                else:
                    form = number_format(_AMOUNT, content.value)
                    page.number(row, cell.column, content.value, form, content.formula)
            page.text(row, len(periods) + 1, places[item], align="left", indent=1)

    def _inputs(self) -> None:
        words = self.words
        page = self.book.sheet(words["workbook.inputs"], (80, 16, 14, 50))
        page.line(0, words["workbook.inputs"], bold=True, font_size=12)
        heads = ("workbook.input", "column.value", "workbook.period", "column.indicator")
        page.head(2, [words[head] for head in heads], range(1, 2))
        page.freeze(_FIRST_ROW, 1)
        for key, value in self.ledger.inputs.items():
            cell = self.ledger.input_cell(key)
            page.text(cell.row, 0, self._input_name(key))
            page.number(cell.row, cell.column, value, _plain_form(value))
            page.text(cell.row, cell.column + 1, key[1], align="left", indent=1)
            page.text(cell.row, cell.column + 2, self._used_in(key))

    def _used_in(self, key: Key) -> str:
        """Name the figures that a term over records is of: terms may be worded alike."""
        users = map(self.ledger.indicator, self.ledger.used_in.get(key, ()))
        names = (each.name.in_language(self.d.language) for each in users)
        return self.words["list.semicolon"].join(dict.fromkeys(names))

    def _input_name(self, key: Key) -> str:
        name, catalogue, language = key[0], self.case.base.catalogue, self.d.language
        if key in self.ledger.terms:
            return (
                self.derivations.named_term(*self.ledger.terms[key]) or self.words["workbook.term"]
            )
        if name == "days":
            return self.words["workbook.days"]
        if name == YEAR_DAYS:
            return self.words["workbook.year_days"]
        if name in catalogue.questions:
            return catalogue.questions[name].asks.in_language(language)
        return self.derivations.elsewhere(name)


def _plain_form(value: Decimal) -> str:
    return "#,##0" if value == value.to_integral_value() else "#,##0.0000"
