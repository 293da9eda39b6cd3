"""Documents of random but plausible companies do not contradict or repeat themselves.

The companies are drawn from fixed seeds: their balance sheets balance, they range from healthy to
dying, and some give only part of their accounts or nothing but ratios.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, pairwise, permutations
from pathlib import Path

import pytest
import yaml

from diagnost.intake.read import read_accounts
from diagnost.knowledge.base import content_root
from diagnost.model.indicator import Polarity
from diagnost.pipeline import Case, diagnose
from diagnost.report.document import Document, Sentence
from diagnost.report.narrative import write
from diagnost.report.opening import MOST_SENTENCES
from tests.shipped import LANGUAGES, base

SEEDS = range(500)
ALARMING = (Polarity.BAD, Polarity.WATCH)
INCOME = ("revenue", "operating_costs", "operating_profit", "interest_expense", "net_profit")
FEW_LINES = (
    "fixed_assets", "current_assets", "inventories", "short_term_receivables", "total_assets",
    "equity", "current_liabilities", "revenue",
)  # fmt: skip

# --- companies --------------------------------------------------------------------------------


@dataclass
class Course:
    """How a company is run: days of sales and shares, and what they grow by in a period."""

    margin: float
    stock_days: float
    customer_days: float
    supplier_days: float
    cash_days: float
    fixed: float  # fixed assets to sales
    equity: float  # share of the first balance sheet
    long_debt: float
    growth: float
    drift: dict[str, float] = field(default_factory=dict)


MOODS = (
    "healthy", "healthy", "growing", "tired", "overstocked", "slow_to_collect",
    "stretched", "dying", "hollow", "rich", "supplier_financed", "investing",
)  # fmt: skip


def course(mood: str, r: random.Random) -> Course:
    def near(low: float, high: float) -> float:
        return r.uniform(low, high)

    run = Course(
        near(0.02, 0.12), near(20, 90), near(15, 80), near(20, 70), near(2, 25),
        near(0.1, 0.9), near(0.3, 0.65), near(0, 0.2), near(-0.03, 0.08),
    )  # fmt: skip
    if mood == "growing":
        run.growth, run.margin = near(0.1, 0.4), near(0.05, 0.15)
    elif mood == "tired":
        run.margin, run.growth, run.equity = near(-0.02, 0.03), near(-0.12, 0), near(0.15, 0.4)
    elif mood == "overstocked":
        run.stock_days, run.cash_days, run.margin = near(90, 220), near(0, 6), near(-0.02, 0.05)
        run.drift["stock_days"] = near(5, 40)
    elif mood == "slow_to_collect":
        run.customer_days, run.drift["customer_days"] = near(90, 220), near(-5, 30)
    elif mood == "stretched":
        run.equity, run.supplier_days, run.cash_days = near(0.05, 0.25), near(90, 220), near(0, 5)
        run.drift["supplier_days"] = near(0, 40)
    elif mood == "dying":
        run.margin, run.growth, run.equity = near(-0.25, -0.04), near(-0.3, -0.05), near(0.05, 0.35)
    elif mood == "hollow":
        run.margin, run.equity, run.long_debt = near(-0.12, 0.01), near(-0.4, 0.06), near(0, 0.5)
    elif mood == "rich":
        run.cash_days, run.equity, run.margin = near(60, 300), near(0.6, 0.92), near(-0.02, 0.15)
    elif mood == "supplier_financed":
        run.stock_days, run.customer_days, run.supplier_days = (
            near(10, 45),
            near(0, 12),
            near(55, 110),
        )
        run.margin, run.equity, run.fixed = near(-0.03, 0.05), near(0.05, 0.3), near(0.1, 0.35)
    elif mood == "investing":
        run.drift["fixed"], run.long_debt = near(0.05, 0.3), near(0.05, 0.4)
    return run


def statements(mood: str, periods: int, r: random.Random) -> dict[str, list[int]]:
    """Return line items over the periods; assets equal equity and liabilities in each."""
    run = course(mood, r)
    sales = 10 ** r.uniform(3, 5.3)
    loans_allowed = r.random() > 0.2
    equity: int | None = None
    rows: dict[str, list[int]] = {}
    for t in range(periods):
        sales *= 1 + (run.growth + r.uniform(-0.04, 0.04) if t else 0)

        def days(name: str, t: int = t) -> float:
            value: float = getattr(run, name) + run.drift.get(name, 0) * t
            return max(0.0, value * (1 + (r.uniform(-0.06, 0.06) if t else 0)))

        a_day = sales / 365
        stock, customers = int(days("stock_days") * a_day), int(days("customer_days") * a_day)
        suppliers, cash = int(days("supplier_days") * a_day), int(days("cash_days") * a_day)
        prepaid, fixed = int(sales * r.uniform(0, 0.006)), int(days("fixed") * sales)
        total = fixed + stock + customers + cash + prepaid
        equity = int(run.equity * total) if equity is None else equity
        debt = int(run.long_debt * total) if loans_allowed else 0
        if loans_allowed and mood in ("healthy", "growing", "rich", "investing"):
            debt = max(debt, int(fixed + 0.25 * (total - fixed) - equity))
        provisions, accruals = int(total * r.uniform(0, 0.01)), int(total * r.uniform(0, 0.006))
        others = int(suppliers * r.uniform(0.1, 0.5))
        loans = total - equity - debt - 2 * provisions - accruals - suppliers - others
        if loans < 0:
            cash, total, loans = cash - loans, total - loans, 0
        elif not loans_allowed:
            others, loans = others + loans, 0
        operating = int(sales * (run.margin + r.uniform(-0.015, 0.015)))
        interest = int((debt + loans) * r.uniform(0.05, 0.1))
        before_tax = operating - interest
        tax = int(max(0, before_tax) * 0.19)
        amounts = {
            "fixed_assets": fixed, "current_assets": total - fixed, "inventories": stock,
            "short_term_receivables": customers, "short_term_investments": cash, "cash": cash,
            "short_term_prepayments": prepaid, "total_assets": total, "equity": equity,
            "provisions_long_term": provisions, "provisions_short_term": provisions,
            "accruals_and_deferred_income": accruals, "long_term_liabilities": debt,
            "long_term_loans": debt, "current_liabilities": suppliers + others + loans,
            "trade_payables": suppliers, "short_term_loans": loans,
            "total_liabilities": total - equity, "revenue": int(sales),
            "operating_costs": int(sales) - operating, "operating_profit": operating,
            "interest_expense": interest, "profit_before_tax": before_tax, "income_tax": tax,
            "net_profit": before_tax - tax,
        }  # fmt: skip
        for item, amount in amounts.items():
            rows.setdefault(item, []).append(amount)
        profit = before_tax - tax
        equity += int(profit if profit < 0 else profit * r.uniform(0.3, 1))
    return rows


def ratios(rows: dict[str, list[int]]) -> dict[str, list[float | str]]:
    """Return what a company knows that keeps only its ratios."""
    formulas: dict[str, Callable[[dict[str, int]], float | str]] = {
        "WPB": lambda x: round(x["current_assets"] / x["current_liabilities"], 2),
        "WPW": lambda x: round(
            (x["current_assets"] - x["inventories"]) / x["current_liabilities"], 2
        ),
        "CRZ": lambda x: round(x["inventories"] / x["revenue"] * 365),
        "CRN": lambda x: round(x["short_term_receivables"] / x["revenue"] * 365),
        "CSZ": lambda x: round(x["current_liabilities"] / x["revenue"] * 365),
        "golden_rule": lambda x: round(x["equity"] / x["fixed_assets"], 2),
        "equity_share": lambda x: f"{x['equity'] / x['total_assets']:.1%}",
        "WPG": lambda x: f"{x['cash'] / x['current_liabilities']:.1%}",
    }
    periods = len(rows["revenue"])
    of_period = [{item: amounts[t] for item, amounts in rows.items()} for t in range(periods)]
    return {symbol: [formula(x) for x in of_period] for symbol, formula in formulas.items()}


def company(seed: int) -> dict[str, object]:
    """Draw a company; the same for the same seed."""
    r = random.Random(seed)
    mood = r.choice(MOODS)
    periods = r.choice([1, 2, 3, 3, 4, 5])
    activity = r.choice(["trade", "production", "services", ""])
    if mood == "supplier_financed":
        activity = r.choice(["trade", "trade", ""])
    rows = statements(mood, periods, r)
    file: dict[str, object] = {
        "company": {"name": f"Company {seed}"} | ({"activity": activity} if activity else {}),
        "currency": r.choice(["PLN", "EUR", "CNY"]),
        "unit": 1000,
        "periods": [str(2024 - periods + t) for t in range(periods)],
    }
    form = r.choice(["whole"] * 6 + ["balance_sheet", "few", "holes", "ratios"])
    if form == "ratios":
        file["indicators"] = ratios(rows)
    else:
        left_out: set[str] = set()
        if form == "balance_sheet":
            left_out = {*INCOME, "profit_before_tax", "income_tax"}
        elif form == "few":
            left_out = set(rows) - set(FEW_LINES)
        elif form == "holes":
            left_out = set(r.sample(sorted(rows), 6))
        file["lines"] = {item: amounts for item, amounts in rows.items() if item not in left_out}
    context: dict[str, object] = {}
    if r.random() < 0.1:
        context["high_inflation"] = "yes"
    if r.random() < 0.15:
        context["optimal_inventory_days"] = r.choice([30, 60, 90])
    if r.random() < 0.15:
        context["sector_receivable_days"] = r.choice([30, 45, 90])
    if r.random() < 0.4:
        context |= others(r)
    return file | ({"context": context} if context else {})


ELSEWHERE = {
    "ROS": (-0.05, 0.25), "WRA": (0.3, 4.0), "ROI": (-0.05, 0.2), "ROA": (-0.05, 0.25),
    "ROE": (-0.1, 0.4), "WPK": (0.4, 1.05), "CRZ": (5, 200), "WPB": (0.6, 3.0),
}  # fmt: skip


def others(r: random.Random) -> dict[str, dict[str, object]]:
    """Return figures of the sector and of a competitor."""

    def figures() -> dict[str, object]:
        chosen = r.sample(sorted(ELSEWHERE), r.randint(1, len(ELSEWHERE)))
        drawn = {symbol: r.uniform(*ELSEWHERE[symbol]) for symbol in chosen}
        return {
            symbol: f"{value:.2f}" if ELSEWHERE[symbol][1] > 2 else f"{value * 100:.1f}%"
            for symbol, value in drawn.items()
        }

    groups = r.choice(
        [("sector_average",), ("sector_average", "direct_competitor"), ("competitors",)]
    )
    return {group: figures() for group in groups}


# --- what a document may not do ---------------------------------------------------------------

LOW = (
    r"liquidity\.(current_ratio\.(far_too_low|not_covered|below_minimum|thin_cover_by_stock)"
    r"|quick_ratio\.(far_too_low|too_low)|both_ratios\.(adequate_by_stock|frozen_stock))"
)
CYCLE = r"activity\.cash_conversion_cycle\."
RULES = r"structure\.(golden_rule|silver_rule|balance_sheet_rules)\."

LOSS = r"profitability\.(net_result\.loss.*|return_on_(sales|assets|equity|investment)\.loss)"

# Findings, and advice, that are never told side by side.
INCOMPATIBLE = (
    (
        r"liquidity\.current_ratio\.(satisfactory|full_balance)",
        r"liquidity\.quick_ratio\.(far_)?too_low",
    ),
    (r"liquidity\.current_ratio\.(far_)?above_needs", r"liquidity\.quick_ratio\.(far_)?too_low"),
    (
        r"structure\.working_capital\.deficit(_activity_unknown)?",
        r"liquidity\.current_ratio\.(far_too_low|not_covered)",
    ),
    (r"structure\.working_capital\.deficit.*", r"liquidity\.working_capital_cycle\..*"),
    (r"structure\.working_capital\.(deficit|supplier).*", RULES + r"(not_met|both_broken.*)"),
    (
        r"structure\.working_capital\.supplier_financed.*",
        r"liquidity\.current_ratio\.(far_too_low|not_covered)",
    ),
    (r"structure\.golden_rule\.(met|not_met)", r"structure\.silver_rule\.(met|not_met)"),
    (r"structure\.equity_share\.negative_equity", RULES + r".*"),
    (
        r"structure\.working_capital\.surplus.*",
        r"liquidity\.(current_ratio\.(below_minimum|thin_.*)|working_capital_cycle\.too_short)",
    ),
    (
        r"liquidity\.excess\..*",
        r"liquidity\.(current_ratio\.(far_)?above_needs|quick_ratio\.(too_)?high)",
    ),
    (r"liquidity\.cash_ratio\.correct", LOW),
    (r"liquidity\.cash_ratio\..*", r"liquidity\.cash_significance\..*"),
    (r"liquidity\.working_capital_cycle\.(barely_)?safe", LOW),
    (CYCLE + r"(may_be_)?over_liquid", LOW),
    (CYCLE + r"(very_)?long", r"liquidity\.excess\..*"),
    (
        r"activity\.(payment_cycle\.lengthening|cycle_movements\.pays_later.*)",
        r"activity\.payment_cycle\.delaying",
    ),
    (
        r"activity\.cycle_movements\.pays_(sooner|before).*",
        r"activity\.payment_cycle\.(over_)?long",
    ),
    (
        r"activity\.inventory_cycle\.very_good",
        r"activity\.inventory_cycle\.(too_short|below_optimum|very_good_and_falling)",
    ),
    (
        r"activity\.receivables_cycle\.(too_long|collection_trouble)",
        r"activity\.receivables_cycle\.(too_long_but_customary|in_line_with_sector|sooner_than_sector)",
    ),
    (r"liquidity\.causes\.idle_cash.*", LOW),
    (
        r"activity\.recommendations\.lengthen_payment",
        r"activity\.(recommendations\.do_not_lengthen_payment|payment_cycle\.(over_)?long)",
    ),
    (r"activity\.recommendations\.pay_early_for_discount", LOW),
    (
        r"activity\.recommendations\.(cut_.*|hold_stock)",
        r"activity\.inventory_cycle\.(too_short|below_optimum|very_good.*)",
    ),
    (r"liquidity\.recommendations\.(use_idle|invest_or|decide_what).*", LOW),
    (
        r"liquidity\.recommendations\.(use_idle|invest_or).*",
        r"structure\.recommendations\.(build_up|close|reterm|restore).*",
    ),
    (r"structure\.recommendations\.reterm.*", r"structure\.recommendations\.restore.*"),
    (r"structure\.recommendations\.keep_profits.*", r"structure\.equity_share\.eroded"),
    (r"debt\.debt_and_cover\..*(well_covered|though_covered|all_in_order)", LOSS),
    (
        r"debt\.interest_cover\.(no_loans|no_interest)",
        r"debt\.(interest_cover|debt_service_cover)\.(low|insufficient|negative)",
    ),
    (
        r"debt\.total_debt_ratio\.(very_low|low|safe)",
        r"debt\.total_debt_ratio\.(elevated|excessive|over_indebted).*",
    ),
    (
        r"debt\.recommendations\.(bring_.*|take_no_new_debt|retain_profits.*|profits_and_.*)",
        r"profitability\..*recommendations\.(use_debt|borrow|expand).*",
    ),
    (r"profitability\.spread\.pays", r"profitability\.spread\.(not_earning|level_with|costs).*"),
    (r"profitability\.margin_and_return\.(sound|still_sound|strong|high.*)", LOSS),
    (r"profitability\.return_and_leverage\.good.*", LOSS),
    (r"profitability\.net_result\.profit.*", LOSS),
    (r"profitability\.cost_level\.(normal|low)", r"profitability\.cost_level\.(high|loss).*"),
    (
        r"profitability\.recommendations\.test_lower_margin",
        r"profitability\.recommendations\.raise_margin",
    ),
    (r"overall\.judgement\.(in_order|sound|healthy).*", LOSS),
)


@dataclass(frozen=True)
class Told:
    """A case and its document in one language, with what the checks ask of them."""

    case: Case
    document: Document

    @property
    def findings(self) -> list[str]:
        return [
            f.statement.id
            for f in self.case.diagnosis.findings
            if f.period == self.document.period and not f.gave_way_to
        ]

    @property
    def verdicts(self) -> dict[str, Polarity]:
        found = self.case.diagnosis.verdicts
        return {v.area: v.word.polarity for v in found if v.period == self.document.period}

    @property
    def prose(self) -> list[tuple[str, str]]:
        """Return the sentences of summary and areas with the entries they come from."""
        areas = [s for area in self.document.areas for s in (*area.sentences, *area.why)]
        return [(s.entry, s.text) for s in (*self.document.summary, *areas)]

    @property
    def advice(self) -> list[str]:
        return [row.what.entry for row in self.document.advice]


def incompatible(told: Told) -> Iterator[str]:
    entries = {entry for entry, _ in told.prose} | set(told.advice)
    for one, other in INCOMPATIBLE:
        first = [e for e in entries if re.fullmatch(r"finance\." + one, e)]
        second = [e for e in entries if re.fullmatch(r"finance\." + other, e)]
        yield from (f"{a} beside {b}" for a in first for b in second if a != b)


def repeated(told: Told) -> Iterator[str]:
    seen: set[str] = set()
    for _, text in told.prose:
        if text in seen:
            yield f"told twice: {text}"
        seen.add(text)
    bodies = [area.sentences for area in told.document.areas]
    for sentences in bodies:
        for one, two in pairwise(sentences):
            word = one.text.split()[0]
            if word == two.text.split()[0] and word != "The":
                yield f"both begin with {word!r}: {one.entry}, {two.entry}"
        figures = Counter(figure for s in sentences for figure in _figures(told.case, s))
        for figure, times in figures.items():
            if times > 2:
                yield f"{figure} three times under {sentences[0].entry}"


def _figures(case: Case, sentence: Sentence) -> set[str]:
    """Return the figures that a sentence tells, by the slots of its entry's text."""
    statement = case.base.statements.get(sentence.entry)
    slots = re.findall(r"{(\w+)[:}]", statement.text.in_language("en")) if statement else []
    return set(slots) - {"period"}


def contradicted(told: Told) -> Iterator[str]:
    """Yield verdicts that the paragraph of the area does not bear out."""
    statements = told.case.base.statements
    for area, polarity in told.verdicts.items():
        if area == "overall":
            continue  # drawn from the areas, which are held to their own paragraphs
        body = [
            statements[f]
            for f in told.findings
            if statements[f].area == area
            and statements[f].place == ("summary" if area == "overall" else "body")
        ]
        grave = [s.id for s in body if s.polarity is Polarity.BAD and s.weight.value != "note"]
        if polarity is Polarity.GOOD and grave:
            yield f"{area} is judged good in spite of {grave[0]}"
        if polarity is Polarity.BAD and not any(s.polarity in ALARMING for s in body):
            yield f"{area} is judged bad and nothing bad is told"


def unnamed(told: Told) -> Iterator[str]:
    """Yield areas judged bad of which the opening says nothing, and openings that run on."""
    statements, period = told.case.base.statements, told.document.period
    opening = told.document.summary
    spoken = {statements[s.entry].area for s in opening if s.entry in statements}
    weighed = {
        key
        for f in told.case.diagnosis.findings
        if f.period == period and f.statement.id == opening[0].entry
        for firing in f.firings
        for key, _ in firing.used
    }
    for area, polarity in told.verdicts.items():
        name = next(a.name.in_language("en") for a in told.case.base.areas if a.id == area).lower()
        silenced = any(
            f.gave_way_to and f.statement.area == area and f.statement.place == "summary"
            for f in told.case.diagnosis.findings
            if f.period == period
        )
        named = area in spoken or silenced or f"finance.{area}.verdict" in weighed
        if polarity is Polarity.BAD and not named and not any(name in s.text for s in opening):
            yield f"{area} is judged bad and the opening does not say so"
    own = told.case.viewpoint != "owner"  # a sentence for this reader alone
    if len(opening) > MOST_SENTENCES + own + 1:
        yield f"the opening has {len(opening)} sentences"


def unanswered(told: Told) -> Iterator[str]:
    """Yield grave findings with neither cause nor advice, bad areas without a first step."""
    period, diagnosis = told.document.period, told.case.diagnosis
    explained = {c.effect for c in diagnosis.causes if c.period == period}
    answered = {
        entry
        for a in diagnosis.advice
        if a.period == period and a.rank
        for entry in a.recommendation.answers
    }
    for entry in told.findings:
        statement = told.case.base.statements[entry]
        grave = statement.polarity is Polarity.BAD and statement.weight.value != "note"
        if grave and statement.place == "body":
            covers = {entry, *statement.prevails_over}
            if not covers & (explained | answered):
                yield f"{entry} has neither cause nor advice"
    if Polarity.BAD in told.verdicts.values() and not told.advice:
        yield "an area is judged bad and nothing is advised"


def empty_or_absurd(told: Told) -> Iterator[str]:
    for row in told.document.advice:
        if not row.what.text or row.effect == "–":
            yield f"{row.what.entry} lacks {'its reason' if row.what.text else 'its text'}"
        for amount in re.findall(r"(?:PLN|EUR|CNY) (−?[\d.,]+)", row.what.text + row.effect):
            if amount.startswith("−") or float(amount.replace(",", "")) == 0:
                yield f"{row.what.entry} speaks of {amount}"
    shown = {entry for entry, _ in told.prose}
    for entry in told.findings:
        if told.case.base.statements[entry].place == "body" and entry not in shown:
            yield f"{entry} holds and has no sentence"


def praise_before_alarm(told: Told) -> Iterator[str]:
    statements = told.case.base.statements
    summary = [statements[s.entry] for s in told.document.summary if s.entry in statements]
    for one, two in combinations(summary, 2):
        if one.polarity is Polarity.GOOD and two.polarity is Polarity.BAD:
            yield f"the summary praises ({one.id}) before it warns ({two.id})"


def praised_and_alarmed(told: Told) -> Iterator[str]:
    """Yield pairs of findings of which one praises and one warns of the very same facts.

    What gets better may still be bad: a praise that rests on a course besides is no contradiction.
    """
    told_of = {entry for entry, _ in told.prose}
    used: dict[str, tuple[Polarity, frozenset[tuple[str, str]]]] = {}
    for finding in told.case.diagnosis.findings:
        statement = finding.statement
        if finding.period == told.document.period and statement.id in told_of:
            facts = (fact for firing in finding.firings for fact in firing.used)
            readings = frozenset(fact for fact in facts if not fact[0].startswith("lines."))
            used[statement.id] = statement.polarity, readings
    for (one, (good, some)), (two, (bad, others)) in permutations(used.items(), 2):
        same = some and others and (some <= others or others <= some)
        course = any(key.endswith((".trend", ".step", ".pace")) for key, _ in some - others)
        if good is Polarity.GOOD and bad is Polarity.BAD and same and not course:
            yield f"{one} praises and {two} warns of the same"


HOLE = re.compile(r"[{}]|\bNone\b(?! of)|\bnan\b|  |\.\.| ,|，，|。。|\b(\S+) times, and \1 times")


def holes(told: Told) -> Iterator[str]:
    document = told.document
    advice = [t for row in document.advice for t in (row.what.text, row.effect, row.watch)]
    for text in (*(t for _, t in told.prose), *advice, *document.development, *document.gaps):
        found = HOLE.search(text)
        if found or not text:
            yield f"hole in: {text!r}"


CHECKS = (
    incompatible, repeated, contradicted, unnamed, unanswered, empty_or_absurd,
    praise_before_alarm, praised_and_alarmed, holes,
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("companies")


@lru_cache
def case_of(seed: int, folder: Path) -> Case:
    path = folder / f"company-{seed}.yaml"
    path.write_text(yaml.safe_dump(company(seed), sort_keys=False), encoding="utf-8")
    return diagnose(read_accounts(path, base().catalogue, name=path.name), base(), engine="builtin")


def told(seed: int, folder: Path, language: str = "en") -> Told:
    case = case_of(seed, folder)
    period = case.accounts.periods[-1].id
    return Told(case, write(case, language, period, content_root()))


def test_companies_balance() -> None:
    for seed in SEEDS:
        rows = company(seed).get("lines", {})
        assert isinstance(rows, dict)
        if {"total_assets", "equity", "total_liabilities"} <= set(rows):
            columns = (rows["total_assets"], rows["equity"], rows["total_liabilities"])
            assert all(a == e + d for a, e, d in zip(*columns, strict=True)), seed


@pytest.mark.parametrize("seed", SEEDS)
def test_a_document_is_consistent(seed: int, folder: Path) -> None:
    """To see the document: write ``company(seed)`` to a file and diagnose it."""
    document = told(seed, folder)
    faults = [f"{check.__name__}: {fault}" for check in CHECKS for fault in check(document)]
    assert faults == [], f"company {seed}"


@pytest.mark.parametrize("viewpoint", ["bank", "investor"])
@pytest.mark.parametrize("seed", range(0, 120, 4))
def test_a_document_for_another_reader_is_consistent(
    seed: int, viewpoint: str, folder: Path
) -> None:
    owner = case_of(seed, folder)
    case = diagnose(owner.accounts, base(), engine="builtin", viewpoint=viewpoint)
    document = write(case, "en", case.accounts.periods[-1].id, content_root())
    checks = (incompatible, repeated, contradicted, unnamed, praise_before_alarm, holes)
    assert [fault for check in checks for fault in check(Told(case, document))] == []


@pytest.mark.parametrize("language", ["pl", "zh"])
def test_other_languages_have_no_holes(language: str, folder: Path) -> None:
    faults = []
    for seed in SEEDS[LANGUAGES.index(language) :: 5]:
        document = told(seed, folder, language)
        faults += [(seed, f) for f in (*holes(document), *empty_or_absurd(document))]
    assert faults == []
