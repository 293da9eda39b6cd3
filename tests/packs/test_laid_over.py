"""Packs through the command line: what they add, replace and switch off, and what is refused."""

from pathlib import Path

import pytest

from tests.packs.conftest import (
    DEMO,
    MANIFEST,
    NORMS,
    OTHER_NORM,
    OTHER_WORDS,
    TOPIC,
    WORDS,
    PackMaker,
    Run,
)


def test_a_pack_adds_a_topic_and_only_where_it_is_named(run: Run, pack: PackMaker) -> None:
    name = pack("demo", {DEMO: TOPIC})
    with_it = run("diagnose", "acme.yaml", "--pack", name)
    assert (with_it.code, with_it.err) == (0, "")
    assert "The demo has seen 1.10" in with_it.out
    without = run("diagnose", "acme.yaml")
    assert without.code == 0
    assert "demo" not in without.out
    checked = run("check", "--pack", name)
    assert checked.code == 0
    assert "in 3 entries, 2 examples run" in checked.out  # those of the pack
    assert "demo/" not in checked.out


@pytest.mark.parametrize(
    "command",
    [
        ("why", "acme.yaml", "finance.liquidity.demo.hello"),
        ("show", "finance.liquidity.demo.hello"),
        ("list", "statements"),
        ("what-if", "acme.yaml", "--set", "current_assets=250"),
    ],
)
def test_other_commands_know_the_entries_of_a_pack(
    run: Run, pack: PackMaker, command: tuple[str, ...]
) -> None:
    ran = run(*command, "--pack", pack("demo", {DEMO: TOPIC}))
    assert (ran.code, ran.err) == (0, "")
    assert "demo" in ran.out


def test_an_entry_is_replaced_and_keeps_its_id(run: Run, pack: PackMaker) -> None:
    ran = run("diagnose", "acme.yaml", "--pack", pack("demo", {WORDS: OTHER_WORDS}))
    assert "Merely 1.10" in ran.out
    assert "Only" not in ran.out
    shown = run("show", "finance.liquidity.ratio.low", "--pack", "demo")
    assert "demo/knowledge/demo/words.yaml:3:" in shown.out


def test_a_norm_is_replaced_without_its_indicator(run: Run, pack: PackMaker) -> None:
    ran = run("diagnose", "acme.yaml", "--pack", pack("demo", {NORMS: OTHER_NORM}))
    assert (ran.code, ran.err) == (0, "")
    assert "Only 1.10" not in ran.out


def test_a_norm_is_added_to_an_indicator(run: Run, pack: PackMaker) -> None:
    norm = OTHER_NORM.replace(
        "replaces: finance.liquidity.ratio.general", "id: strict\n    of: finance.liquidity.ratio"
    )
    topic = TOPIC.replace("ratio: low", "ratio.strict: low").replace(": 1.1}", ": 1.04}")
    name = pack("demo", {NORMS: norm, DEMO: topic})
    assert run("check", "--pack", name).code == 0
    assert "The demo" not in run("diagnose", "acme.yaml", "--pack", name).out


def test_an_entry_is_switched_off(run: Run, pack: PackMaker) -> None:
    off = "switched_off: [{id: finance.liquidity.ratio.low, because: it is told elsewhere}]\n"
    ran = run("diagnose", "acme.yaml", "--pack", pack("demo", {}, off))
    assert (ran.code, ran.err) == (0, "")
    assert "Only 1.10" not in ran.out


def test_what_asks_for_an_entry_that_is_switched_off_is_told(run: Run, pack: PackMaker) -> None:
    off = "switched_off: [{id: finance.liquidity.ratio.low, because: it is told elsewhere}]\n"
    asking = TOPIC.replace("ratio: low}", "ratio.low: found}").replace("ratio: 1.", "ratio.low: 1.")
    ran = run("diagnose", "acme.yaml", "--pack", pack("demo", {DEMO: asking}, off))
    assert ran.code == 3
    assert "demo/knowledge/finance/liquidity/demo.yaml:4:" in ran.err
    assert "(see also demo/pack.yaml:8:" in ran.err
    assert "A pack switches it off" in ran.err


def test_lists_do_without_what_is_switched_off(run: Run, pack: PackMaker) -> None:
    off = "switched_off: [{id: finance.liquidity.ratio.low, because: it is told elsewhere}]\n"
    winning = TOPIC + "    prevails_over: [finance.liquidity.ratio.low]\n"
    name = pack("demo", {DEMO: TOPIC}, off)
    other = pack("other", {"knowledge/finance/liquidity/o.yaml": winning.replace("demo", "o")})
    # The packs' own lists are the matter of their authors: only those shipped do without.
    assert run("diagnose", "acme.yaml", "--pack", name).code == 0
    both = run("diagnose", "acme.yaml", "--pack", name, "--pack", other)
    assert both.code == 3
    assert "K206" in both.err


@pytest.mark.parametrize(
    ("path", "text", "code", "also"),
    [
        (
            "knowledge/finance/liquidity/ratio.yaml",
            TOPIC.replace("demo\n", "ratio\n").replace("id: hello", "id: low"),
            "P202 'finance.liquidity.ratio.low' is there already",
            "see also knowledge/finance/liquidity/ratio.yaml:",
        ),
        (
            WORDS,
            OTHER_WORDS.replace("ratio.low\n", "ratio.lo\n"),
            "P203 there is no statement 'finance.liquidity.ratio.lo'",
            "Did you mean finance.liquidity.ratio.low?",
        ),
        (
            WORDS,
            OTHER_WORDS.replace("ratio.low\n", "ratio\n"),
            "P204 'finance.liquidity.ratio' is of the kind indicator",
            "see also",
        ),
        (
            WORDS,
            OTHER_WORDS.replace("  - replaces", "  - id: mine\n    replaces"),
            "P204 'mine' is another id",
            "Leave id out",
        ),
        ("knowledge/trends.yaml", "groups: []\n", "P207", "Packs bring topics"),
    ],
)
def test_what_does_not_fit_is_told_with_both_places(
    run: Run, pack: PackMaker, path: str, text: str, code: str, also: str
) -> None:
    ran = run("diagnose", "acme.yaml", "--pack", pack("demo", {path: text}))
    assert ran.code == 3
    assert code in ran.err
    assert also in ran.err
    assert f"demo/{path}:" in ran.err
    assert "diagnost: the pack cannot be used" in ran.err


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
@pytest.mark.parametrize("topics", [{WORDS: OTHER_WORDS}, {DEMO: TOPIC}, {NORMS: OTHER_NORM}])
def test_two_packs_at_one_entry_are_both_named_in_any_order(
    run: Run, pack: PackMaker, topics: dict[str, str], order: tuple[str, str]
) -> None:
    for name in order:
        pack(name, topics)
    ran = run("diagnose", "acme.yaml", "--pack", order[0], "--pack", order[1])
    assert ran.code == 3
    (path,) = topics
    assert "P205" in ran.err
    assert f"two/{path}:" in ran.err
    assert f"(see also one/{path}:" in ran.err


def test_what_is_kept_of_one_pack_serves_no_other(run: Run, pack: PackMaker) -> None:
    name = pack("demo", {DEMO: TOPIC})
    assert "The demo has" in run("diagnose", "acme.yaml", "--pack", name).out
    pack("demo", {DEMO: TOPIC.replace("The demo", "The other demo")})
    assert "The other demo has" in run("diagnose", "acme.yaml", "--pack", name).out


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("needs: diagnost >= 0.1", "needs: diagnost >= 99.0", "P105"),
        ("needs: diagnost >= 0.1", "needs: anything", "P105"),
        ("languages: [en]", "languages: [en, de]", "K108"),
        ("languages: [en]", "languages: [en, pl]", "K106"),
        ("languages: [en]", "languages: [pl]", "P106"),
        ("version: 1.0", "version: new", "K112"),
        ("id: demo", "id: Demo Pack", "K112"),
        ("licence: MIT", "license: MIT", "K105"),
        ("author: Trainers", "", "K106"),
    ],
)
def test_a_manifest_is_read_strictly(
    run: Run, pack: PackMaker, tmp_path: Path, old: str, new: str, code: str
) -> None:
    path = tmp_path / "here" / pack("demo", {DEMO: TOPIC}) / "pack.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    ran = run("diagnose", "acme.yaml", "--pack", "demo")
    assert ran.code == 3
    assert code in ran.err
    assert "demo/pack.yaml:" in ran.err


def test_a_pack_in_one_language_stands_in_for_the_others(run: Run, pack: PackMaker) -> None:
    polish = TOPIC.replace("{en: ", "{pl: ").replace("The demo has seen", "Pakiet widział")
    name = pack("demo", {DEMO: polish})
    manifest = MANIFEST.format(id=name).replace("{en:", "{pl:").replace("[en]", "[pl]")
    Path(name, "pack.yaml").write_text(manifest, encoding="utf-8")
    for language in ("en", "pl", "zh"):
        ran = run("diagnose", "acme.yaml", "--lang", language, "--pack", name)
        assert (ran.code, ran.err) == (0, "")
        assert "Pakiet widział 1" in ran.out
