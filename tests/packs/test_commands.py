"""``pack new | check | build | list``, and the packs of the user's settings."""

import json
import re
import zipfile
from pathlib import Path

import pytest

from diagnost.cli import start
from tests.packs.conftest import DEMO, NORMS, OTHER_NORM, TOPIC, PackMaker, Ran, Run

OFF = "switched_off: [{id: finance.liquidity.ratio.low, because: it is told elsewhere}]\n"


def test_a_new_pack_passes_its_check_and_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the shipped knowledge, which its example asks for."""
    monkeypatch.chdir(tmp_path)
    assert start.run(["pack", "new", "Our Norms"], debug=False) == 0
    written = capsys.readouterr().out.splitlines()
    assert "Our Norms/knowledge/finance/liquidity/our_norms.yaml" in written
    assert "PACK" not in "".join(Path(name).read_text("utf-8") for name in written)
    assert start.run(["pack", "build", "Our Norms"], debug=False) == 0
    assert capsys.readouterr().out == "our-norms-0.1.0.zip\n"
    assert zipfile.ZipFile("our-norms-0.1.0.zip").namelist()[0] == "pack.yaml"


def test_a_pack_is_checked_with_its_examples_and_cases(run: Run, pack: PackMaker) -> None:
    name = pack("demo", {DEMO: TOPIC})
    sound = run("pack", "check", name)
    assert sound.code == 0
    assert "2 examples run" in sound.out
    assert sound.out.endswith("demo 1.0  Demo  (en)  1 added, 0 replaced, 0 switched off\n")
    case = (
        "accounts: {periods: ['2023'], lines: {current_assets: [300], current_liabilities: [100]}}"
        "\nexpect: {findings: [finance.liquidity.demo.hello]}\n"
    )
    pack("demo", {DEMO: TOPIC, "cases/one.yaml": case})
    wrong = run("pack", "check", name)
    assert wrong.code == 1
    assert "demo/cases/one.yaml:2:" in wrong.out
    assert "K505" in wrong.out


def test_a_case_of_a_pack_reads_no_file_outside(run: Run, pack: PackMaker) -> None:
    Path("secret.csv").write_text("name;secret\nrevenue;1\n", encoding="utf-8")
    expect = "expect: {findings: [finance.liquidity.demo.hello]}\n"
    case = f"file: {Path('secret.csv').absolute()}\n{expect}"
    accounts = (
        "periods: ['2023']\nlines: {current_assets: [110], current_liabilities: [100]}\n"
        f"context: {{peers: {Path('secret.csv').absolute()}}}\n"
    )
    pack(
        "demo",
        {
            DEMO: TOPIC,
            "cases/one.yaml": case,
            "cases/two.yaml": f"file: accounts.yaml\n{expect}",
            "cases/accounts.yaml": accounts,
        },
    )
    ran = run("pack", "check", "demo")
    assert ran.code == 1
    assert "one.yaml" in ran.out
    assert "name;secret" not in ran.out


def test_a_pack_with_problems_is_not_built(run: Run, pack: PackMaker) -> None:
    name = pack("demo", {DEMO: TOPIC.replace("{WPB}", "{WPX}")})
    ran = run("pack", "build", name)
    assert ran.code in (2, 3)
    assert list(Path.cwd().glob("*.zip")) == []


def test_a_built_pack_is_always_the_same_and_reads_like_its_folder(
    run: Run, pack: PackMaker
) -> None:
    name = pack("demo", {DEMO: TOPIC.replace("1.1}", "1.04}"), NORMS: OTHER_NORM})
    assert run("pack", "build", name) == Ran(0, "demo-1.0.zip\n", "")
    first = Path("demo-1.0.zip").read_bytes()
    for path in Path(name).rglob("*.yaml"):
        path.touch()
    assert run("pack", "build", name, "-o", "again.zip").code == 0
    assert Path("again.zip").read_bytes() == first
    by_zip = run("diagnose", "acme.yaml", "--pack", "demo-1.0.zip")
    assert by_zip.code == 0
    assert "1 added, 1 replaced" in run("pack", "list", "--pack", "again.zip").out


def test_nothing_is_overwritten(run: Run, pack: PackMaker) -> None:
    name = pack("demo", {DEMO: TOPIC})
    assert run("pack", "new", name).code == 2
    Path("demo-1.0.zip").write_text("mine", encoding="utf-8")
    assert run("pack", "build", name).code == 2
    assert Path("demo-1.0.zip").read_text(encoding="utf-8") == "mine"
    assert run("pack", "build", name, "--force").code == 0
    assert run("pack", "build", name, "-o", f"{name}/inside.zip").code == 2
    assert run("pack", "build", name, "-o", "demo.tar").code == 2


def test_packs_are_listed_with_all_that_they_do(run: Run, pack: PackMaker) -> None:
    pack("demo", {DEMO: TOPIC, NORMS: OTHER_NORM}, OFF)
    told = run("pack", "list", "--pack", "demo", "--entries").out
    assert told.splitlines()[1:] == [
        "  + finance.liquidity.demo.hello",
        "  = finance.liquidity.ratio.general",
        "  - finance.liquidity.ratio.low  (it is told elsewhere)",
    ]
    (data,) = json.loads(run("pack", "list", "--pack", "demo", "--format", "json").out)["packs"]
    assert (data["id"], data["added"]) == ("demo", ["finance.liquidity.demo.hello"])
    assert run("pack", "list").out == "no packs in use\n"


@pytest.mark.parametrize("arguments", [("check",), ("build",), ("new",), ("sell", "x")])
def test_wrong_use_of_pack(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("pack", *arguments).code == 2


# --- settings -------------------------------------------------------------------------------------


def test_packs_of_the_settings_are_used_by_every_command(
    run: Run, pack: PackMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack("demo", {DEMO: TOPIC})
    settings = tmp_path / "here" / "config.toml"
    settings.write_text('packs = ["demo"]\n', encoding="utf-8")
    monkeypatch.setenv("DIAGNOST_CONFIG", str(settings))
    assert "The demo has seen 1.10" in run("diagnose", "acme.yaml").out
    both = run("diagnose", "acme.yaml", "--pack", "demo")  # named twice, used once
    assert (both.code, both.err) == (0, "")
    assert run("pack", "list").out.startswith("demo 1.0")


@pytest.mark.parametrize("text", ["packs = demo", "pack = ['demo']", "packs = 'demo'", "\xff\x00"])
def test_settings_that_cannot_be_used_are_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    settings = tmp_path / "config.toml"
    settings.write_bytes(text.encode("latin-1"))
    monkeypatch.setenv("DIAGNOST_CONFIG", str(settings))
    ran = run("diagnose", "acme.yaml")
    assert ran.code == 3
    assert "P111" in ran.err
    assert str(settings) in ran.err


def test_mutate_and_check_of_a_pack_look_at_what_it_brings(run: Run, pack: PackMaker) -> None:
    name = pack("demo", {DEMO: TOPIC})
    whole = run("mutate", "--pack", name, "--brief")
    assert whole.code == 0
    assert "finance.liquidity.ratio.low" not in whole.out
    assert re.search(r"\([1-9]\d* of \d+ killed\)", whole.out)
    named = run("mutate", f"{name}/{DEMO}", "--pack", name, "--brief")
    assert named.out == whole.out
    assert run("check", name, "--pack", name).code == 0
    unnamed = run("mutate", name)
    assert unnamed.code == 2
    assert f"name that with --pack {name}" in unnamed.err


def test_new_names_the_command_that_checks_what_it_wrote(run: Run, pack: PackMaker) -> None:
    name = pack("demo", {DEMO: TOPIC})
    written = run(
        *("new", "statement", "finance.liquidity.demo.more", "--in", name),
        *("--when", "{finance.liquidity.ratio: safe}"),
    )
    place, rest = written.out.splitlines()
    assert place.startswith(f"{name}/{DEMO}:")
    assert rest == f"2 texts to write (TODO), then: diagnost pack check {name}"
