"""Packs that mean harm: each gives an error, quickly, and nothing else."""

import io
import stat
import struct
import time
import zipfile
from pathlib import Path

import pytest

from diagnost.knowledge import pack_files
from tests.packs.conftest import DEMO, MANIFEST, NORMS, TOPIC, PackMaker, Ran, Run

SECONDS = 8.0
"""More than any of it takes on a machine that does other things too."""
SECRET = "the secret of another file"


def refused(run: Run, name: str, *codes: str) -> Ran:
    """Diagnose with a pack: exit code 3, one of the codes, no document, nothing written."""
    before = sorted(Path.cwd().rglob("*"))
    start = time.monotonic()
    ran = run("diagnose", "acme.yaml", "--pack", name)
    assert time.monotonic() - start < SECONDS
    assert ran.code == 3
    assert ran.out == ""
    assert any(code in ran.err for code in codes), ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err) < 20_000
    assert sorted(Path.cwd().rglob("*")) == before
    return ran


def zipped(name: str = "evil.zip", **parts: str) -> zipfile.ZipFile:
    """Begin a zip in the folder of the accounts; it has a manifest."""
    archive = zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED)
    archive.writestr("pack.yaml", MANIFEST.format(id="evil"))
    return archive


# --- YAML -----------------------------------------------------------------------------------------


def test_aliases_that_grow_without_end_are_refused(run: Run, pack: PackMaker) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{c}: &{c} [{', '.join([f'*{b}'] * 9)}]" for b, c in zip("abcdef", "bcdefg")]  # noqa: B905
    refused(run, pack("evil", {DEMO: "\n".join(lines)}), "K103")


def test_tags_that_would_make_objects_are_refused(run: Run, pack: PackMaker) -> None:
    topic = TOPIC.replace("id: hello", "id: !!python/object/apply:os.system ['touch harm']")
    refused(run, pack("evil", {DEMO: topic}), "K103")


def test_brackets_without_end_are_refused(run: Run, pack: PackMaker) -> None:
    refused(run, pack("evil", {DEMO: "topic: " + "[" * 200_000}), "K104", "K101")


def test_a_huge_file_is_refused(run: Run, pack: PackMaker) -> None:
    refused(run, pack("evil", {DEMO: "#" * (pack_files.MAX_FILE + 1)}), "P103")


def test_a_manifest_full_of_aliases_is_refused(run: Run, pack: PackMaker) -> None:
    refused(run, pack("evil", {}, "sources: &a [*a]\n"), "K103")


# --- formulas -------------------------------------------------------------------------------------

INDICATOR = """\
topic: finance.liquidity.demo
indicator:
  symbol: EVIL
  name: {{en: Evil}}
  formula: {formula}
  unit: times
  basis: inference
"""


@pytest.mark.parametrize(
    "formula",
    [
        "current_assets.__class__",
        "().__class__.__bases__",
        "__import__('os').system('touch harm')",
        "getattr(current_assets, 'x')",
        "9**9**9**9",
        "1e999999999 * 1e999999999",
        "0x" + "f" * 3000,
        "(" * 1500 + "1" + ")" * 1500,
        "-" * 3500 + "1",
        "+".join(["WPB"] * 900),
        "'" + "a" * 7_000_000 + "'",
        "'[x for x in range(10)]'",
        "'count(reps, where=count(reps, where=(lambda: 1)))'",
        "count(a, where=count(b, where=count(c, where=count(d) > 1) > 1) > 1)",
    ],
    ids=lambda formula: formula[:20],
)
def test_a_formula_that_is_none_is_refused(run: Run, pack: PackMaker, formula: str) -> None:
    text = formula if formula[0] in "'" else f'"{formula}"'
    name = pack("evil", {DEMO: INDICATOR.format(formula=text)})
    refused(run, name, "K110", "K203", "K213")


def test_figures_that_grow_without_end_have_no_value(run: Run, pack: PackMaker) -> None:
    lines = ["topic: finance.liquidity.demo", "quantities:"]
    before = "current_assets"
    for count in range(40):
        lines.append(
            f"  - {{id: g{count}, symbol: g{count}, name: {{en: g}}, unit: times, "
            f"formula: '{before} * {before}'}}"
        )
        before = f"g{count}"
    name = pack("evil", {DEMO: "\n".join(lines)})
    start = time.monotonic()
    assert run("diagnose", "acme.yaml", "--pack", name).code == 0
    assert time.monotonic() - start < SECONDS


def test_conditions_whose_alternatives_multiply_are_refused(run: Run, pack: PackMaker) -> None:
    group = "{any: [{finance.liquidity.ratio: low}, {finance.liquidity.ratio: safe}]}"
    when = f"{{all: [{', '.join([group] * 40)}]}}"
    topic = TOPIC.replace("{finance.liquidity.ratio: low}", when, 1)
    refused(run, pack("evil", {DEMO: topic}), "K311")


def test_slots_that_would_reach_into_objects_are_refused(run: Run, pack: PackMaker) -> None:
    for slot in ("{WPB.__class__}", "{WPB:99999999999}", "{0.__class__}", "{company.__init__}"):
        refused(run, pack("evil", {DEMO: TOPIC.replace("{WPB}", slot)}), "K204", "K111", "K405")
    reasons = "reasons: {no_evil_of: {en: 'no {table.__class__}, {rows:99999999999}'}}\n"
    refused(run, pack("evil", {DEMO: TOPIC, "knowledge/reasons.yaml": reasons}), "K204")


def test_a_norm_of_a_million_digits_is_only_a_number(run: Run, pack: PackMaker) -> None:
    norm = (
        "topic: demo.norms\nnorms:\n  - replaces: finance.liquidity.ratio.general\n"
        "    basis: inference\n    bands:\n"
        f"      - {{id: low, polarity: bad, below: {'9' * 1_000_000}}}\n"
    )
    refused(run, pack("evil", {NORMS: norm}), "K109")


# --- folders --------------------------------------------------------------------------------------


@pytest.mark.parametrize("inside", ["knowledge/link.yaml", "pack.yaml", "knowledge"])
def test_a_link_out_of_a_folder_is_refused(run: Run, pack: PackMaker, inside: str) -> None:
    name = pack("evil", {"rules/demo/x.yaml": "topic: demo.x\n"})
    secret = Path("secret.yaml")
    secret.write_text(SECRET, encoding="utf-8")
    link = Path(name, inside)
    link.unlink(missing_ok=True)
    link.parent.mkdir(exist_ok=True)
    target = Path.cwd().parent if inside == "knowledge" else secret.absolute()
    link.symlink_to(target)
    assert SECRET not in refused(run, name, "P102").err


def test_a_pipe_in_a_folder_is_refused_and_not_waited_for(run: Run, pack: PackMaker) -> None:
    os = pytest.importorskip("os")
    if not hasattr(os, "mkfifo"):
        pytest.skip("pipes in folders are a matter of Unix")
    name = pack("evil", {DEMO: TOPIC})
    os.mkfifo(Path(name, "knowledge", "pipe.yaml"))
    refused(run, name, "P102")


@pytest.mark.parametrize("path", ["knowledge/run.py", "hooks/x.yaml", "setup.py", "rules/x.so"])
def test_files_of_other_kinds_are_refused(run: Run, pack: PackMaker, path: str) -> None:
    refused(run, pack("evil", {path: "import os\n"}), "P102")


def test_too_many_files_are_refused(
    run: Run, pack: PackMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_files, "MAX_FILES", 20)
    topics = {f"knowledge/demo/t{n}.yaml": f"topic: demo.t{n}\n" for n in range(30)}
    refused(run, pack("evil", topics), "P103")


# --- zips -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "../outside.yaml",
        "knowledge/../../outside.yaml",
        "/etc/outside.yaml",
        "knowledge//x.yaml",
        "knowledge/./x.yaml",
        "..\\outside.yaml",
        "C:/outside.yaml",
        "knowledge/x\ny.yaml",
        "knowledge/run.py",
        "hooks/",
    ],
)
def test_a_name_that_leads_out_of_a_zip_is_refused(run: Run, path: str) -> None:
    with zipped() as archive:
        archive.writestr(path, TOPIC)
    refused(run, "evil.zip", "P102")
    assert not Path("../outside.yaml").exists()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_device_in_a_zip_is_refused(run: Run, kind: int) -> None:
    info = zipfile.ZipInfo("knowledge/link.yaml")
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    with zipped() as archive:
        archive.writestr(info, "/etc/passwd")
    refused(run, "evil.zip", "P102")


def test_a_zip_that_would_fill_the_memory_is_refused(run: Run) -> None:
    with zipped() as archive:
        archive.writestr(DEMO, "#" * (pack_files.MAX_FILE - 1))
    refused(run, "evil.zip", "P103")
    assert Path("evil.zip").stat().st_size < 100_000


def test_a_zip_that_lies_about_its_sizes_is_refused(run: Run) -> None:
    with zipped() as archive:
        archive.writestr(DEMO, "#" * 2_000_000)
    content = Path("evil.zip").read_bytes()
    honest, lie = struct.pack("<L", 2_000_000), struct.pack("<L", 200)
    assert content.count(honest) == 2
    Path("evil.zip").write_bytes(content.replace(honest, lie))
    refused(run, "evil.zip", "P101")


def test_a_zip_with_a_huge_table_of_contents_is_refused(run: Run) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("pack.yaml", MANIFEST.format(id="evil"))
        for number in range(25_000):
            archive.writestr(f"knowledge/demo/topic_{number}.yaml", "")
    Path("evil.zip").write_bytes(stream.getvalue())
    refused(run, "evil.zip", "P103")


def test_two_files_of_one_name_in_a_zip_are_refused(run: Run) -> None:
    with zipped() as archive:
        archive.writestr(DEMO, TOPIC)
        archive.writestr(DEMO.upper().replace("KNOWLEDGE", "knowledge"), TOPIC)
    refused(run, "evil.zip", "P102")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_not_read(run: Run, method: int) -> None:
    with zipped() as archive:
        archive.writestr(DEMO, TOPIC, compress_type=method)
    refused(run, "evil.zip", "P102")


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_refused(run: Run, content: bytes) -> None:
    Path("evil.zip").write_bytes(content)
    refused(run, "evil.zip", "P101", "P103")


def test_a_damaged_zip_is_refused(run: Run) -> None:
    with zipped() as archive:
        archive.writestr(DEMO, TOPIC * 20)
    content = bytearray(Path("evil.zip").read_bytes())
    content[len(content) // 3] ^= 0xFF
    Path("evil.zip").write_bytes(bytes(content))
    refused(run, "evil.zip", "P101", "P102")


def test_no_such_pack(run: Run) -> None:
    refused(run, "nowhere", "P101")
    Path("empty").mkdir()
    refused(run, "empty", "P104")
