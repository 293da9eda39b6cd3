"""What an empty form holds, in one of three languages: fields, questions, line items, help."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from diagnost.intake import method_rows
from diagnost.intake.words import FIELDS
from diagnost.model.accounts import LineItem
from diagnost.model.catalogue import Catalogue
from diagnost.model.context import Question
from diagnost.model.method import Methods

STATEMENTS = ("balance_sheet", "income_statement", "cash_flow")

WORDS = {
    "en": {
        "company": "Company",
        "accounts": "Accounts",
        "indicators": "Indicators",
        "item": "Item",
        "value": "Value",
        "symbol": "Symbol",
        "help": "Help",
        "name": "Company name",
        "activity": "Activity",
        "sector": "Sector",
        "country": "Country",
        "currency": "Currency",
        "unit": "Unit",
        "balance_sheet": "Balance sheet",
        "income_statement": "Income statement",
        "cash_flow": "Cash-flow statement",
        "trade": "trade",
        "production": "production",
        "services": "services",
        "yes": "yes",
        "no": "no",
        "peers": "Figures of other firms",
        "help_peers": "a .csv or .xlsx file, one firm in a row",
        "help_activity": "trade, production or services",
        "help_currency": "three letters, such as EUR",
        "help_unit": "1000 if the amounts are in thousands, else 1",
        "help_signed": "with a minus sign if negative",
        "help_cost": "a positive number",
        "help_nil": "may stay empty if there is none",
        "help_balance": "at the end of the period",
        "help_percent": "with the percent sign, such as 8.5%",
        "help_days": "a number of days",
        "help_times": "a plain number",
        "help_number": "a plain number",
        "help_months": "a number of months",
        "help_weeks": "a number of weeks",
        "help_money": "an amount in the unit of the accounts",
        "help_money_in_full": "an amount in full, not in thousands",
        "records_unit": "Unit of records",
        "help_records_unit": "1000 if records and answers are in thousands; else leave it empty",
        "help_empty": "Leave empty what is not known; write 0 or - where there is nothing.",
        "help_indicators": "Only where the amounts are not known.",
        "method": "Method",
        "help_method": "Where traditions differ; left empty, the first one named is taken.",
        "help_bundle": "several at once: ",
        "as_of": "As of",
        "answers": "Questionnaire",
        "question": "Question",
        "answer": "Answer",
        "records": "Records",
        "help_as_of": "the day on which the figures are read, such as 2026-10-31",
        "scale": "{least} = {low}, {most} = {high}",
        "spared": "not needed where these tables are filled in: {tables}",
        "help_answers": "Leave empty what you do not know.",
        "required": "required",
        "help_day": "a day, such as 2026-03-31",
        "help_month": "a month, such as 2026-03",
        "help_yes_no": "yes or no",
        "help_count": "a whole number",
        "help_tables": "Fill in the tables that you keep; the others may stay empty.",
    },
    "pl": {
        "company": "Firma",
        "accounts": "Sprawozdanie",
        "indicators": "Wskaźniki",
        "item": "Pozycja",
        "value": "Wartość",
        "symbol": "Symbol",
        "help": "Objaśnienie",
        "name": "Nazwa firmy",
        "activity": "Działalność",
        "sector": "Branża",
        "country": "Kraj",
        "currency": "Waluta",
        "unit": "Jednostka",
        "balance_sheet": "Bilans",
        "income_statement": "Rachunek zysków i strat",
        "cash_flow": "Rachunek przepływów pieniężnych",
        "trade": "handel",
        "production": "produkcja",
        "services": "usługi",
        "yes": "tak",
        "no": "nie",
        "peers": "Dane innych firm",
        "help_peers": "plik .csv lub .xlsx, po jednej firmie w wierszu",
        "help_activity": "handel, produkcja albo usługi",
        "help_currency": "trzy litery, na przykład PLN",
        "help_unit": "1000, jeśli kwoty są w tysiącach; inaczej 1",
        "help_signed": "ze znakiem minus, jeśli ujemna",
        "help_cost": "liczba dodatnia",
        "help_nil": "może zostać puste, jeśli nie występuje",
        "help_balance": "stan na koniec okresu",
        "help_percent": "ze znakiem procentu, na przykład 8,5%",
        "help_days": "liczba dni",
        "help_times": "zwykła liczba",
        "help_number": "zwykła liczba",
        "help_months": "liczba miesięcy",
        "help_weeks": "liczba tygodni",
        "help_money": "kwota w jednostce sprawozdania",
        "help_money_in_full": "pełna kwota, nie w tysiącach",
        "records_unit": "Jednostka rejestrów",
        "help_records_unit": "1000, jeśli rejestry i odpowiedzi są w tysiącach; inaczej puste",
        "help_empty": "Pola bez danych pozostawić puste; gdzie czegoś nie ma, wpisać 0 albo -.",
        "help_indicators": "Tylko tam, gdzie kwoty nie są znane.",
        "method": "Metoda",
        "help_method": "Gdzie tradycje się różnią; puste pole oznacza wariant podany pierwszy.",
        "help_bundle": "kilka naraz: ",
        "as_of": "Stan na dzień",
        "answers": "Ankieta",
        "question": "Pytanie",
        "answer": "Odpowiedź",
        "records": "Rejestry",
        "help_as_of": "dzień, na który odczytuje się dane, na przykład 2026-10-31",
        "scale": "{least} = {low}, {most} = {high}",
        "spared": "niepotrzebne, jeśli wypełniono tabele: {tables}",
        "help_answers": "Pola bez odpowiedzi pozostawić puste.",
        "required": "wymagane",
        "help_day": "dzień, na przykład 2026-03-31",
        "help_month": "miesiąc, na przykład 2026-03",
        "help_yes_no": "tak albo nie",
        "help_count": "liczba całkowita",
        "help_tables": "Wypełnić te tabele, które są prowadzone; pozostałe mogą zostać puste.",
    },
    "zh": {
        "company": "公司",
        "accounts": "报表数据",
        "indicators": "指标",
        "item": "项目",
        "value": "内容",
        "symbol": "代号",
        "help": "说明",
        "name": "公司名称",
        "activity": "行业类型",
        "sector": "所属行业",
        "country": "国家",
        "currency": "币种",
        "unit": "单位",
        "balance_sheet": "资产负债表",
        "income_statement": "利润表",
        "cash_flow": "现金流量表",
        "trade": "贸易",
        "production": "生产",
        "services": "服务",
        "yes": "是",
        "no": "否",
        "peers": "其他企业数据文件",
        "help_peers": ".csv或.xlsx文件，每行一家企业",
        "help_activity": "贸易、生产或服务",
        "help_currency": "三个字母，例如CNY",
        "help_unit": "金额以元计填1，以千元计填1000，以万元计填10000",
        "help_signed": "亏损用负号",
        "help_cost": "填正数",
        "help_nil": "没有可不填",
        "help_balance": "期末余额",
        "help_percent": "带百分号，例如8.5%",
        "help_days": "天数",
        "help_times": "普通数字",
        "help_number": "普通数字",
        "help_months": "月数",
        "help_weeks": "周数",
        "help_money": "以报表单位计的金额",
        "help_money_in_full": "完整金额，不以千元或万元计",
        "records_unit": "明细单位",
        "help_records_unit": "明细与回答的金额以千元计填1000，以万元计填10000，否则留空",
        "help_empty": "不清楚的留空；没有的填0或-。",
        "help_indicators": "仅在金额不详时填写。",
        "method": "方法",
        "help_method": "各种做法不一之处；留空即采用所列的第一种。",
        "help_bundle": "整套采用：",
        "as_of": "截至日期",
        "answers": "问卷",
        "question": "问题",
        "answer": "回答",
        "records": "明细记录",
        "help_as_of": "数据截至哪一天，例如2026-10-31",
        "scale": "{least}＝{low}，{most}＝{high}",
        "spared": "已填写以下表格则不必回答：{tables}",
        "help_answers": "不清楚的留空。",
        "required": "必填",
        "help_day": "日期，例如2026-03-31",
        "help_month": "月份，例如2026-03",
        "help_yes_no": "是或否",
        "help_count": "整数",
        "help_tables": "有哪些表就填哪些，其余可留空。",
    },
}


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row to fill in: its id, the label shown, help, and the choices where there are any.

    ``ids`` are the choices as YAML names them, where that differs.
    """

    id: str
    label: str
    help: str = ""
    choices: tuple[str, ...] = ()
    unit: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """An empty form in one language."""

    language: str
    periods: tuple[str, ...]
    fields: tuple[FormRow, ...]
    questions: tuple[FormRow, ...]
    statements: tuple[tuple[str, tuple[FormRow, ...]], ...]
    indicators: tuple[FormRow, ...]
    method: tuple[FormRow, ...]
    sector: tuple[FormRow, ...] = ()  # figures of the sector, by symbol
    peers: tuple[FormRow, ...] = ()  # the file of other firms

    def word(self, key: str) -> str:
        """Return a word of the form's furniture."""
        return WORDS[self.language][key]


def form_of(catalogue: Catalogue, language: str, last_year: int | None = None) -> Form:
    """Lay out the form; its periods are the last three full years up to ``last_year``."""
    words = WORDS[language]
    year = last_year or date.today().year - 1
    fields = tuple(
        FormRow(
            field,
            words[field],
            words.get(f"help_{field}", ""),
            tuple(words[a] for a in ("trade", "production", "services"))
            if field == "activity"
            else (),
        )
        for field in FIELDS
    )
    statements = tuple(
        (
            words[statement],
            tuple(
                FormRow(item.id, item.names.in_language(language), _item_help(item, words))
                for item in catalogue.line_items.values()
                if item.statement == statement
            ),
        )
        for statement in STATEMENTS
    )
    sides = {
        s for table in catalogue.tables.values() for s in table.sides
    }  # they have forms of their own
    indicators = tuple(
        FormRow(
            indicator.symbol or indicator.id,
            indicator.name.in_language(language),
            words[f"help_{indicator.unit.value}"],
            unit=indicator.unit.value,
        )
        for indicator in catalogue.indicators.values()
        if indicator.shown and not indicator.dated and indicator.id.partition(".")[0] not in sides
    )
    return Form(
        language=language,
        periods=tuple(str(y) for y in (year - 2, year - 1, year)),
        fields=fields,
        questions=tuple(_questions(catalogue, language, words)),
        statements=statements,
        indicators=indicators,
        sector=tuple(_sector(catalogue, language, words)),
        peers=(FormRow("peers", words["peers"], words["help_peers"]),) if catalogue.groups else (),
        method=tuple(_method(catalogue.methods, language, words)),
    )


def _method(methods: Methods, language: str, words: dict[str, str]) -> Iterator[FormRow]:
    """Yield the row for a bundle, then one for every choice with its options, the usual first."""
    if methods.bundles:
        names = tuple(b.name.in_language(language) for b in methods.bundles.values())
        help_ = words["help_bundle"] + "; ".join(names)
        label = method_rows.WHOLE[language]
        yield FormRow("bundle", label, help_, names, ids=tuple(methods.bundles))
    for choice in methods.choices.values():
        names = tuple(option.name.in_language(language) for option in choice.options)
        label = method_rows.label_of(choice.name.in_language(language), language)
        ids = tuple(option.id for option in choice.options)
        yield FormRow(choice.id, label, "; ".join(names), names, ids=ids)


def _questions(catalogue: Catalogue, language: str, words: dict[str, str]) -> Iterator[FormRow]:
    for question in catalogue.questions.values():
        if question.id not in FIELDS and not question.purpose:
            yield FormRow(
                question.id,
                question.asks.in_language(language),
                help_of_answer(question.unit, words)
                if question.unit
                else ", ".join(_said(question, words)),
                _said(question, words),
                question.unit,
            )


def help_of_answer(unit: str, words: Mapping[str, str]) -> str:
    """Say how a number that answers a question is written; money there is in full."""
    return words["help_money_in_full" if unit == "money" else f"help_{unit}"]


def _sector(catalogue: Catalogue, language: str, words: dict[str, str]) -> Iterator[FormRow]:
    for group in catalogue.groups.values():
        for yardstick in catalogue.yardsticks.values():
            if not group.average or not yardstick.form:
                continue
            indicator = catalogue.indicators[yardstick.indicator]
            name = group.name.in_language(language)
            yield FormRow(
                indicator.symbol,
                f"{name[:1].upper()}{name[1:]}: {indicator.symbol}",
                f"{indicator.name.in_language(language)}: {words[f'help_{indicator.unit}']}",
                unit=indicator.unit.value,
            )


def _said(question: Question, words: dict[str, str]) -> tuple[str, ...]:
    return tuple(words.get(word, word) for word in question.words)


def _item_help(item: LineItem, words: dict[str, str]) -> str:
    if item.signed:
        return words["help_signed"]
    if item.if_absent == "nil":
        return words["help_nil"]
    return words["help_balance" if item.statement == "balance_sheet" else "help_cost"]
