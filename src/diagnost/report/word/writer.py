"""Document → DOCX, in the order of the page."""

from collections.abc import Sequence
from pathlib import Path

from docx.oxml.xmlchemy import BaseOxmlElement

from diagnost.model.knowledge import WHOLE
from diagnost.report.chart import Chart
from diagnost.report.charts.picture import png
from diagnost.report.document import (
    AdviceRow,
    AreaSection,
    Compared,
    Document,
    OneByOne,
    Sentence,
)
from diagnost.report.formats import raised
from diagnost.report.typography import typeset
from diagnost.report.word.page import Cell, Column, Page


def as_docx(document: Document, template: Path, shipped: Path) -> bytes:
    """Return a diagnosis as a Word document in the styles of a template.

    ``shipped`` is the template that comes with the program; it lends the styles that the other
    one lacks. The same document gives the same bytes. Raises DiagnostError where the template
    cannot be read.
    """
    page = Page(template, shipped, document.language)
    head = document.letterhead
    if template == shipped:  # a template of the house has its own looks
        if head and head.accent:
            page.colour_headings(head.accent)
        if document.one_page:
            page.compact()
    return _Writer(document, page).write()


class _Writer:
    def __init__(self, document: Document, page: Page) -> None:
        self.d = document = typeset(document, document.language)
        self.page = page
        self.words = document.words
        self.space = document.words["list.space"]
        self.colon = document.words["list.colon"]

    def write(self) -> bytes:
        """Write every part that the document has."""
        self._opening()
        self._verdicts()
        for area in self.d.areas:
            self._area(area)
        if self.d.compared:
            self._compared(self.d.compared)
        for part in self.d.one_by_one:
            self._persons(part)
        self._development()
        self._movements()
        self._advice()
        self._profiles()
        self._limits()
        self._data()
        self._appendix()
        self._closing()
        head = self.d.letterhead
        author = (head.author or head.name) if head else ""
        return self.page.finish(self.d.company, self.words["title"], author)

    # --- parts --------------------------------------------------------------------------------

    def _opening(self) -> None:
        page = self.page
        head = self.d.letterhead
        if head and head.picture:
            drawn = head.logo.startswith("data:image/svg")
            page.logo(png(head.picture.decode()) if drawn else head.picture, head.name)
        elif head:
            page.line("Subtitle", head.name)
        page.line("Kind of document", self.words["title"])
        page.line("Title", self.d.company)
        page.line("Subtitle", self.d.subtitle)
        if head:
            page.line("Subtitle", " · ".join(filter(None, (head.author, head.date))))
        page.line("Reader", self.d.reader)
        if self.d.summary:
            page.heading(self.words["heading.summary"])
            page.paragraph("Summary", *self._sentences(self.d.summary))
        if self.d.summary and self.d.areas:  # one page needs none
            page.contents(self.words["heading.contents"])

    def _closing(self) -> None:
        head = self.d.letterhead
        if not head:
            return
        lines = [line for line in (head.disclaimer, " · ".join(head.contact)) if line]
        for place, line in enumerate(lines):
            self.page.closing_line(line, apart=place == 0)

    def _verdicts(self) -> None:
        if not self.d.verdicts:
            return
        self.page.heading(self.words["heading.verdicts"])
        shares = (24, *(15 for _ in self.d.periods), 40)
        heads = (self.words["column.area"], *self.d.periods, self.words["column.because"])
        self.page.table(
            [Column(head, share) for head, share in zip(heads, shares, strict=True)],
            [
                [
                    [self.page.text(row.area, strong=row.id == "overall")],
                    *row.words,
                    row.because,
                ]
                for row in self.d.verdicts
            ],
        )
        self.page.line("Body Text", self.d.unremarkable)
        self._charts(self.d.charts_of(WHOLE))

    def _area(self, area: AreaSection) -> None:
        page = self.page
        judged = f"{self.colon}{area.verdict.text}" if area.verdict else ""
        page.heading(area.name + judged)
        if area.sentences:
            page.paragraph("Body Text", *self._sentences(area.sentences))
        if area.why:
            asked = page.text(area.question + self.space, strong=True)
            page.paragraph("Body Text", asked, *self._sentences(area.why))
        if area.listed:
            page.line("Body Text", self.words["heading.listed"])
            for sentence in area.listed:
                page.paragraph("List Bullet", *self._sentences([sentence]))
        self._charts(self.d.charts_of(area.id))

    def _compared(self, compared: Compared) -> None:
        page = self.page
        page.heading(self.words["heading.compared"])
        page.line("Body Text", compared.period)
        columns = [
            Column(self.words["column.indicator"], 40),
            Column(self.words["column.company"]),
            *(Column(head) for head in compared.heads),
            Column(self.words["column.position"], 30),
        ]
        rows: list[list[Cell]] = [
            [
                [
                    page.text(_named(row.name, row.symbol)),
                    *page.marks([row.note] if row.note else []),
                ],
                row.company,
                *row.others,
                row.position,
            ]
            for row in compared.rows
        ]
        page.table(columns, rows)
        page.line("Body Text", compared.remark)

    def _persons(self, part: OneByOne) -> None:
        page = self.page
        page.heading(part.head)
        page.line("Remark", part.note)
        self._charts(self.d.charts_of_people(part))
        for person in part.rows:
            name = page.text(person.name + self.words["list.after_name"], strong=True)
            page.paragraph("Body Text", name, *self._sentences(person.sentences))
            for sentence in person.listed:
                page.line("List Bullet", sentence.text)
            for step in person.steps:
                page.line("List Bullet", step)

    def _development(self) -> None:
        if self.d.development:
            self.page.heading(self.words["heading.development"])
            for line in self.d.development:
                self.page.line("Body Text", line)

    def _movements(self) -> None:
        if not self.d.movements:
            return
        self.page.heading(self.words["heading.movements"].format(period=self.d.since))
        columns = [
            Column(self.words["column.indicator"], 26),
            Column(self.d.periods[0]),
            Column(self.d.period),
            Column(self.words["column.change"]),
            Column(self.words["column.moved"], 60),
        ]
        rows: list[list[Cell]] = [
            [row.name, row.before, row.now, row.change, self._sentences([row.parts])]
            for row in self.d.movements
        ]
        self.page.table(columns, rows)

    def _advice(self) -> None:
        page = self.page
        if self.d.first_steps:
            page.heading(self.words["heading.advice"])
            for number, step in enumerate(self.d.first_steps, start=1):
                page.line("Body Text", f"{number}. {step}")
        if not self.d.advice:
            return
        page.heading(self.words["heading.advice"])
        heads = ("what", "effect", "who", "watch")
        shares = (38, 24, 18, 20)
        columns = [
            Column(self.words[f"column.{head}"], share)
            for head, share in zip(heads, shares, strict=True)
        ]
        page.table([Column(""), *columns], [self._step(row) for row in self.d.advice])
        if self.d.later:
            page.line("Body Text", self.words["plan.later"])
            for line in self.d.later:
                area = page.text(line.area + self.colon, strong=True)
                page.paragraph("List Bullet", area, page.text(line.steps))

    def _step(self, row: AdviceRow) -> list[Cell]:
        page = self.page
        what: list[Sequence[BaseOxmlElement]] = [self._sentences([row.what])]
        if row.first:
            first = page.text(self.words["plan.first"] + self.colon, strong=True)
            what.append([first, page.text(row.first)])
        who = [row.owner, row.when, *([row.until] if row.until != "–" else [])]
        return [str(row.rank), what, row.effect, [[page.text(line)] for line in who], row.watch]

    def _profiles(self) -> None:
        if not self.d.profiles:
            return
        page = self.page
        page.heading(self.words["heading.profile"])
        for profile in self.d.profiles:
            if profile.name:
                page.heading(profile.name, 2)
            page.line("Body Text", profile.note)
            columns = [
                Column(self.words["column.area"], 50),
                Column(self.words["column.score"]),
                Column(self.words["column.judgement"], 30),
                Column(self.words["column.answered"], 20),
            ]
            page.table(columns, [[r.area, r.score, r.band, r.answered] for r in profile.rows])

    def _limits(self) -> None:
        self._list("heading.asks", self.d.asks)
        self._list("heading.gaps", self.d.gaps)
        self._list("heading.near_limits", self.d.near_limits)
        self._list("sensitivity.methods", self.d.conventions)

    def _list(self, heading: str, lines: Sequence[str]) -> None:
        if lines:
            self.page.heading(self.words[heading])
        for line in lines:
            self.page.line("List Bullet", line)

    def _data(self) -> None:
        if self.d.data or self.d.about:
            self.page.heading(self.words["heading.data"])
        for sentence in self.d.data:
            self.page.paragraph("List Bullet", *self._sentences([sentence]))
        for line in self.d.method + self.d.about:
            self.page.line("List Bullet", line)
        self._list("heading.causes", self.d.causes)

    # --- appendix -----------------------------------------------------------------------------

    def _appendix(self) -> None:
        page = self.page
        if self.d.readings or self.d.amounts or self.d.notes:
            page.heading(self.words["heading.appendix"])
        self._charts(self.d.charts_elsewhere)
        self._readings()
        self._amounts()
        if self.d.figures:
            page.heading(self.words["heading.figures"], 2)
            for figure in self.d.figures:
                bookmark = f"_figure_{figure.number}"
                page.paragraph("Small Text", page.text(figure.text), bookmark=bookmark)
        if self.d.sources:
            page.heading(self.words["heading.sources"], 2)
        for line in self.d.sources:
            together = line != self.d.sources[-1]
            page.paragraph("Small Text", page.text(line)).paragraph_format.keep_with_next = together
        if any(note.number not in page.notes.cited for note in self.d.notes):
            page.heading(self.words["heading.notes"], 2)
        elif self.d.notes:
            page.heading_of_notes(self.words["heading.notes"])
        for note in self.d.notes:
            runs: list[BaseOxmlElement] = []
            for place, figure in enumerate(note.figures):
                if place:
                    runs.append(page.text(self.words["list.semicolon"]))
                brief = figure.brief if place else raised(figure.brief)
                runs.append(page.link(f"_figure_{figure.number}", brief))
            if note.figures:
                ended = note.figures[-1].brief.endswith(".")  # with an abbreviation
                stop = "" if ended else self.words["note.stop"].format(text="")
                runs.append(page.text(stop + self.space))
            runs.append(page.text(note.rest))
            if note.number in page.notes.cited:
                page.notes.write(note.number, runs)
            else:  # where the document has notes without the sentences that cite them
                page.paragraph("Small Text", page.text(f"{note.number}. "), *runs)

    def _readings(self) -> None:
        if not self.d.readings:
            return
        page = self.page
        page.heading(self.words["heading.readings"], 2)
        columns = [
            Column(self.words["column.indicator"], 40),
            *(Column(period) for period in self.d.periods),
            Column(self.words["column.norm"], 20),
            Column(self.words["column.judgement"], 22),
            Column(self.words["column.trend"], 18),
        ]
        rows = [
            [
                _named(row.name, row.symbol),
                *row.values,
                row.norm,
                row.judgement or "–",
                row.trend,
            ]
            for row in self.d.readings
        ]
        page.table(columns, rows)
        page.heading(self.words["heading.derivations"], 2)
        for row in self.d.readings:
            name = page.text(row.name + self.colon, strong=True)
            told = [row.formula] + [f"{self.d.period}{self.colon}{row.derivation}"] * bool(
                row.derivation
            )
            page.paragraph("Small Text", name, page.text(self.words["list.semicolon"].join(told)))

    def _amounts(self) -> None:
        if not self.d.amounts:
            return
        self.page.heading(self.words["heading.amounts"], 2)
        columns = [
            Column(self.words["column.item"], 40),
            *(Column(period) for period in self.d.periods),
            Column(self.words["column.place"], 60),
        ]
        rows = [[row.name, *row.values, row.places] for row in self.d.amounts]
        self.page.table(columns, rows)

    # --- pieces -------------------------------------------------------------------------------

    def _sentences(self, sentences: Sequence[Sentence]) -> list[BaseOxmlElement]:
        return self.page.sentences(sentences, space=self.space)

    def _charts(self, charts: Sequence[Chart]) -> None:
        for chart in charts:
            caption = [self.page.text(chart.title), *self.page.mentions(chart.notes)]
            self.page.picture(png(chart.svg), chart.alternative, caption)


def _named(name: str, symbol: str) -> str:
    return f"{name} ({symbol})" if symbol else name
