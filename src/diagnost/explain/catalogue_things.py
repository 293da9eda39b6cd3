"""What the catalogue says of tables of records and of calculators."""

from collections.abc import Iterator

from diagnost.explain.branch import Branch
from diagnost.explain.lookup import Entry
from diagnost.explain.page import Page
from diagnost.model.calculator import Calculator
from diagnost.model.records import Table


class ThingPage(Page):
    """Writes the page of a table or a calculator."""

    def of(self, entry: Entry) -> Branch:
        """Write the page of one of them."""
        if entry.kind == "table":
            return self._table(self.base.catalogue.tables[entry.id])
        return self._calculator(self.base.calculators[entry.id])

    def _table(self, table: Table) -> Branch:
        columns = (
            Branch(
                label=column.names.in_language(self.language),
                text=column.id,
                children=(Branch(text=column.kind),),
            )
            for column in table.columns.values()
        )
        children = [
            *self.texts("name", table.names),
            *self.texts("text", table.rows),
            *self.group("columns", columns),
        ]
        return Branch(
            label=self.say("kind.table"),
            text=table.id,
            place=str(table.at),
            children=tuple(children),
        )

    def _calculator(self, calculator: Calculator) -> Branch:
        children = [
            *self.texts("name", calculator.name),
            *self.texts("meaning", calculator.purpose),
            *self.group("inputs", self._inputs(calculator)),
            *self.group("figures", self._figures(calculator)),
        ]
        return Branch(
            label=self.say("label.calculator"),
            text=calculator.id,
            place=str(calculator.at),
            children=tuple(children),
        )

    def _inputs(self, calculator: Calculator) -> Iterator[Branch]:
        for each in calculator.inputs.values():
            option = f"--{each.id.replace('_', '-')}"
            yield Branch(label=option, text=each.name.in_language(self.language))

    def _figures(self, calculator: Calculator) -> Iterator[Branch]:
        for each in calculator.figures.values():
            if each.shown and each.how is not None:
                yield Branch(
                    label=each.name.in_language(self.language),
                    text=each.how.in_language(self.language),
                    children=tuple(self.cites(each.cites)),
                )
