"""Which findings the opening tells: gravest first, every bad area named, never too many."""

from diagnost.model.diagnosis import Finding, Verdict
from diagnost.model.fact import Firing
from diagnost.model.indicator import Citation, Polarity
from diagnost.model.located import At
from diagnost.model.rule import Certainty, Condition, Statement, StateWord, Weight
from diagnost.model.text import Text
from diagnost.report.opening import MOST_SENTENCES, opening

AREAS = ["overall", "liquidity", "activity", "debt", "profitability", "structure", "sales"]


def found(
    entry: str,
    weight: str = "serious",
    polarity: str = "bad",
    *,
    place: str = "summary",
    leads: bool = False,
    viewpoint: str = "",
    gave_way_to: str = "",
) -> Finding:
    """Build a finding; the area is the first part of its id."""
    at = At("rules.yaml", 1, 1)
    statement = Statement(
        id=entry,
        when=Condition(),
        cites=Citation(),
        at=at,
        area=entry.partition(".")[0],
        polarity=Polarity(polarity),
        certainty=Certainty.CERTAIN,
        weight=Weight(weight),
        viewpoint=viewpoint,
        place=place,
        text=Text({"en": entry}, at),
        leads=leads,
    )
    return Finding(statement, "2023", (), gave_way_to)


def judged(**words: str) -> dict[str, Verdict]:
    return {
        area: Verdict(
            area, "2023", StateWord(polarity, Text({}, At("", 1, 1)), Polarity(polarity)), (), ()
        )
        for area, polarity in words.items()
    }


def told(findings: list[Finding], **words: str) -> tuple[list[str], tuple[str, ...]]:
    chosen = opening(findings, judged(**words), AREAS)
    return [f.statement.id for f in chosen.findings], chosen.unnamed


def test_the_gravest_comes_first_then_the_order_of_areas() -> None:
    findings = [
        found("structure.a"),
        found("liquidity.a"),
        found("debt.a", "critical"),
        found("activity.a", "note", "good"),
    ]
    assert told(findings) == (["debt.a", "liquidity.a", "structure.a", "activity.a"], ())


def test_contradictions_come_first_then_the_whole_then_what_leads_then_the_reader() -> None:
    findings = [
        found("liquidity.a", "critical"),
        found("bank.a", "note", viewpoint="bank"),
        found("bank.praise", "note", "good", viewpoint="bank"),
        found("structure.a", leads=True),
        found("overall.a", "note", "watch", leads=True),
        found("data.broken", "note", "impossible", place="data"),
    ]
    order = ["data.broken", "overall.a", "structure.a", "bank.a", "liquidity.a", "bank.praise"]
    assert told(findings) == (order, ())


def test_what_is_no_opening_sentence_or_gave_way_is_not_told() -> None:
    findings = [
        found("liquidity.body", "critical", place="body"),
        found("liquidity.trace", "critical", place="trace"),
        found("liquidity.a", gave_way_to="liquidity.b"),
    ]
    assert told(findings) == ([], ())


def test_every_area_judged_bad_is_spoken_of_before_a_second_sentence_on_another() -> None:
    findings = [found(f"liquidity.{n}", "critical") for n in range(5)] + [found("structure.a")]
    chosen, unnamed = told(findings, liquidity="bad", structure="bad", debt="good")
    assert chosen == [*(f"liquidity.{n}" for n in range(4)), "structure.a"]
    assert unnamed == ()
    assert len(chosen) == MOST_SENTENCES


def test_an_area_whose_sentence_gave_way_to_that_of_another_is_spoken_for() -> None:
    findings = [
        found("structure.deficit", gave_way_to="liquidity.uncovered"),
        found("liquidity.uncovered", gave_way_to="liquidity.sinking"),
        found("liquidity.sinking", "critical"),
    ]
    chosen, unnamed = told(findings, liquidity="bad", structure="bad")
    assert (chosen, unnamed) == (["liquidity.sinking"], ())


def test_an_area_that_has_a_sentence_left_speaks_for_itself() -> None:
    findings = [
        found("structure.losses", gave_way_to="profitability.loss"),
        found("structure.capital"),
        *(found(f"profitability.{name}", "critical") for name in ("loss", "b", "c", "d", "e")),
    ]
    chosen, unnamed = told(findings, profitability="bad", structure="bad")
    assert (chosen[-1], unnamed) == ("structure.capital", ())


def test_an_area_silenced_by_a_ruling_is_told_of_elsewhere() -> None:
    findings = [found("debt.level", gave_way_to="debt.rulings.same"), found("structure.a")]
    assert told(findings, debt="bad", structure="bad") == (["structure.a"], ())


def test_a_bad_area_without_a_sentence_is_named() -> None:
    chosen, unnamed = told([found("liquidity.a")], liquidity="bad", structure="bad")
    assert (chosen, unnamed) == (["liquidity.a"], ("structure",))


def firing(entry: str, key: str, word: str, made: str = "found") -> Firing:
    return Firing(entry, 0, ((key, word),), (), (entry, made))


def test_trouble_that_a_sentence_on_another_area_tells_along_is_not_named_again() -> None:
    """The first rests on the loss through a finding of its own area, as does the verdict."""
    at_a_loss = found("liquidity.at_a_loss", place="body")._replace(
        firings=(firing("liquidity.at_a_loss", "finance.profitability.margin", "loss"),)
    )
    summary = found("liquidity.a", "critical")._replace(
        firings=(firing("liquidity.a", "liquidity.at_a_loss", "found"),)
    )
    verdicts = judged(liquidity="bad", profitability="bad", structure="bad")
    for area, key in (("profitability", "margin"), ("structure", "gap")):
        loss = firing(f"finance.{area}.verdict", f"finance.{area}.{key}", "loss", "bad")
        verdicts[area] = verdicts[area]._replace(firings=(loss,))
    assert opening([summary, at_a_loss], verdicts, AREAS).unnamed == ("structure",)


def test_where_too_many_areas_are_bad_the_last_are_only_named() -> None:
    areas = AREAS[1:]
    findings = [found("overall.a", leads=True), *(found(f"{area}.a") for area in areas)]
    chosen, unnamed = told(findings, overall="bad", **dict.fromkeys(areas, "bad"))
    assert chosen == ["overall.a", "liquidity.a", "activity.a", "debt.a"]
    assert unnamed == ("profitability", "structure", "sales")
