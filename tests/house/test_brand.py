"""The brand of a house: read strictly, shown in every form, never in another language."""

import struct
from pathlib import Path

import pytest

from diagnost.model.located import DiagnostError, Problem
from diagnost.report.house.brand_file import read_brand
from diagnost.report.house.colours import DARK, NEEDED, WHITE, contrast
from diagnost.report.house.dressing import letterhead

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" {0}>{1}</svg>'
LATIN = b'<?xml version="1.0" encoding="iso-8859-1"?>'
SIZE = 'width="30" height="10"'


def brand_file(folder: Path, text: str) -> Path:
    path = folder / "brand.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problem_of(folder: Path, text: str) -> Problem:
    with pytest.raises(DiagnostError) as caught:
        read_brand(brand_file(folder, text))
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        ("name: [", "H101", "2:1", "brackets"),
        ("name: A\nname: B\n", "H102", "2:1", "Keep one"),
        ("name: A\ncolour: {}\n", "H105", "2:1", "colours"),
        ("author: Anna\n", "H106", "1:1", "name of your firm"),
        ("- a\n", "H107", "1:1", "name: …"),
        ("name: A\nauthor: [Anna]\n", "H107", "2:9", ""),
        ("name: {en: A, de: B}\n", "H105", "1:15", "en, pl, zh"),
        ('name: ""\n', "H110", "1:7", "Leave it out"),
        (f"name: {'a' * 121}\n", "H110", "1:7", "120"),
        ("name: A\ncontact: [a, b, c, d, e, f, g]\n", "H110", "2:10", "one line"),
        ("name: A\ncolours: {line: '#ffffff'}\n", "H106", "2:10", "accent"),
        ("name: A\ncolours: {accent: navy}\n", "H111", "2:19", "#1a4f8b"),
        ("name: A\ncolours: {accent: '#f2c100'}\n", "H112", "2:19", "1.7"),
        ("name: A\ncolours: {accent: '#000000', accent_dark: '#000080'}\n", "H112", "2:43", "4.5"),
        ("name: A\nlogo: none.png\n", "H114", "2:7", "folder of the brand"),
    ],
)
def test_a_slip_is_told_with_its_place(
    tmp_path: Path, text: str, code: str, place: str, hint: str
) -> None:
    problem = problem_of(tmp_path, text)
    assert (problem.code, str(problem.at)) == (code, f"{tmp_path / 'brand.yaml'}:{place}")
    assert hint in problem.hint


def test_a_brand_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DiagnostError, match="H100"):
        read_brand(tmp_path / "brand.yaml")


def png(width: int, height: int) -> bytes:
    head = struct.pack(">I4sIIBBBBBI", 13, b"IHDR", width, height, 8, 6, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + head + struct.pack(">I4sI", 0, b"IEND", 0)


def jpeg(width: int, height: int) -> bytes:
    frame = struct.pack(">BBHBHH", 0xFF, 0xC2, 11, 8, height, width)
    return b"\xff\xd8\xff\xe0\x00\x04ab" + frame + b"\x01\x01\x11\x00\xff\xd9"


@pytest.mark.parametrize(
    ("content", "kind", "size"),
    [
        (png(300, 80), "png", (300, 80)),
        (jpeg(200, 50), "jpeg", (200, 50)),
        (SVG.format(SIZE, "<rect/>").encode(), "svg+xml", (30, 10)),
        (SVG.format('viewBox="0 0 60,20"', "").encode(), "svg+xml", (60, 20)),
        (
            SVG.format(SIZE, '<use x:href="#a"/><path fill="url(#b)"/>').encode(),
            "svg+xml",
            (30, 10),
        ),
    ],
)
def test_a_logo_is_known_by_its_content(
    tmp_path: Path, content: bytes, kind: str, size: tuple[int, int]
) -> None:
    (tmp_path / "logo").write_bytes(content)
    logo = read_brand(brand_file(tmp_path, "name: A\nlogo: logo\n")).logo
    assert logo is not None
    assert (logo.kind, (logo.width, logo.height), logo.content) == (kind, size, content)
    assert logo.uri.startswith(f"data:image/{kind};base64,")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"GIF89a" + b"x" * 40, "H116"),
        (b"\x89PNG\r\n", "H116"),
        (b"\xff\xd8\xff\xe0", "H116"),
        (png(30, 10)[:-4], "H116"),
        (jpeg(30, 10)[:-2], "H116"),
        (b'<svg width="30" height="10"/>', "H116"),
        (SVG.format(SIZE, "<text>\u017c</text>").encode("cp1250"), "H117"),
        (LATIN + SVG.format(SIZE, "\xf3").encode("latin-1"), "H116"),
        (SVG.format("", "").encode(), "H116"),
        (png(5000, 10), "H115"),
        (png(0, 10), "H115"),
        (b"x" * 600_000, "H115"),
        (SVG.format(SIZE, "<script>1</script>").encode(), "H117"),
        (SVG.format(SIZE, '<g onload="a()"/>').encode(), "H117"),
        (SVG.format(SIZE, '<image href="https://a.example/b.png"/>').encode(), "H117"),
        (SVG.format(SIZE, '<use x:href="b.svg#c"/>').encode(), "H117"),
        (SVG.format(SIZE, '<path fill="url(https://a.example/)"/>').encode(), "H117"),
        (SVG.format(SIZE, "<style>@import 'a.css';</style>").encode(), "H117"),
        (SVG.format(SIZE, "<foreignObject/>").encode(), "H117"),
        (b"<?xml-stylesheet href='a.css'?>" + SVG.format(SIZE, "").encode(), "H117"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format(SIZE, "&a;").encode(), "H117"),
        (b"<svg", "H117"),
    ],
)
def test_no_logo_is_taken_that_does_more_than_show_itself(
    tmp_path: Path, content: bytes, code: str
) -> None:
    (tmp_path / "logo").write_bytes(content)
    problem = problem_of(tmp_path, "name: A\nlogo: logo\n")
    assert problem.code == code
    assert str(problem.at).endswith("brand.yaml:2:7")
    assert problem.hint


def test_a_dark_accent_is_lightened_for_dark_paper(tmp_path: Path) -> None:
    colours = read_brand(brand_file(tmp_path, "name: A\ncolours: {accent: '#1A4F8B'}\n")).colours
    assert colours is not None
    assert (colours.accent, colours.line) == ("#1a4f8b", "#1a4f8b")
    assert contrast(colours.accent_dark, DARK) >= NEEDED


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.005)


def test_a_text_is_told_in_the_language_of_the_document_or_refused(tmp_path: Path) -> None:
    text = "name: A\ndisclaimer: {en: For you., pl: Dla Państwa.}\n"
    brand = read_brand(brand_file(tmp_path, text))
    told = letterhead(brand, "pl", None)
    assert told is not None
    assert (told.name, told.disclaimer) == ("A", "Dla Państwa.")
    with pytest.raises(DiagnostError) as caught:
        letterhead(brand, "zh", None)
    assert caught.value.problems[0].code == "H113"
