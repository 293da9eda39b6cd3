"""Templates of packs: what they may lay out, and that they can do nothing else."""

import time
from functools import lru_cache
from pathlib import Path

import pytest

from diagnost.knowledge.base import content_root
from diagnost.knowledge.in_use import in_use
from diagnost.knowledge.packs import Pack, read_packs
from diagnost.model.located import DiagnostError
from diagnost.report import meter
from diagnost.report.narrative import write
from diagnost.report.render import render
from tests.packs.conftest import PackMaker, Run
from tests.shipped import ROOT, case_of, document

PAGE = "diagnosis.html.j2"
REPLACES = "replaces_templates: [diagnosis.html.j2]\n"
HEAD = '<!DOCTYPE html>\n<html lang="en"><head><title>x</title></head><body>\n'


@lru_cache
def bystander() -> Pack:
    """Return a pack with a template of its own: then all are filled in the sandbox."""
    (pack,) = read_packs([ROOT / "packs" / "sector-norms"])
    return pack._replace(files={**pack.files, "templates/own.txt.j2": b"{{ d.company }}"})


@pytest.mark.parametrize("form", ["text", "md", "html"])
@pytest.mark.parametrize(
    "example", ["overstocked-manufacturer.yaml", "mixed/ebike-distributor.yaml"]
)
def test_shipped_templates_give_the_same_in_the_sandbox(example: str, form: str) -> None:
    case = case_of(example)
    with in_use((bystander(),)):
        page = write(case, "en", case.accounts.periods[-1].id, content_root())
        assert render(page, form, content_root()) == document(example, "en", form)


def test_a_pack_lays_out_a_document_its_own_way(run: Run, pack: PackMaker) -> None:
    text = "{{ d.company }}: {% for s in d.summary %}{{ s.text | upper }} {% endfor %}\n"
    further = "replaces_templates: [diagnosis.txt.j2]\n"
    name = pack("house", {"templates/diagnosis.txt.j2": text}, further)
    ran = run("diagnose", "acme.yaml", "--pack", name)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Acme: ")
    assert run("pack", "check", name).code == 0


def test_a_pack_lays_out_html_and_what_the_company_says_is_escaped(
    run: Run, pack: PackMaker
) -> None:
    page = HEAD + "<h1>{{ d.company }}</h1>{% include 'letter.html.j2' %}</body></html>\n"
    letter = "<p class='mark'>{{ d.subtitle }}</p>\n"
    name = pack("house", {f"templates/{PAGE}": page, "templates/letter.html.j2": letter}, REPLACES)
    run("diagnose", "acme.yaml", "--pack", name)
    accounts = Path("acme.yaml")
    text = accounts.read_text("utf-8").replace("Acme", "'<script>alert(1)</script>'")
    accounts.write_text(text, encoding="utf-8")
    ran = run("diagnose", "acme.yaml", "--format", "html", "--pack", name)
    assert (ran.code, ran.err) == (0, "")
    assert "<h1>&lt;script&gt;" in ran.out
    assert "<p class='mark'>" in ran.out


DEEP = "{% for a in range(9999) %}"
ATTACKS = {
    "reads a file": "{% include '/etc/passwd' %}",
    "reads a file above": "{% include '../knowledge/sources.yaml' %}",
    "reads a file by name": "{% include d.company %}",
    "reads a source": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "looks inside": "{{ d._asdict() }}{{ d.__init__.__globals__ }}",
    "looks inside by item": "{{ d['__class__'] }}",
    "looks inside by filter": "{{ [d] | map(attribute='__class__') | list | join }}",
    "looks inside by format": "{{ '{0.__class__}'.format(d) }}",
    "calls what is no one's": "{{ w.keys() }}",
    "calls the meter": "{{ meter.spend(-99999999) }}",
    "uses hidden names": "{% set _spend = 1 %}{{ self._TemplateReference__context }}",
    "loops for ever": DEEP * 4 + "x" + "{% endfor %}" * 4,
    "loops for ever in silence": DEEP * 4 + "{% set x = 1 %}" + "{% endfor %}" * 4,
    "leads back to itself": "{% include 'diagnosis.html.j2' %}",
    "calls itself": "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
    "repeats a text": "{{ 'x' * 999999999999 }}",
    "doubles a text": "{% set n = namespace(s='xx') %}{% for i in range(99) %}"
    "{% set n.s = n.s ~ n.s %}{% endfor %}{{ n.s }}",
    "adds a text to itself": "{% set n = namespace(s='xx') %}{% for i in range(99) %}"
    "{% set n.s = n.s + n.s %}{% endfor %}{{ n.s }}",
    "squares a number": "{% set n = namespace(s=9) %}{% for i in range(99) %}"
    "{% set n.s = n.s * n.s %}{% endfor %}{{ n.s }}",
    "nests lists": "{% set n = namespace(s=[1]) %}{% for i in range(99) %}"
    "{% set n.s = [n.s, n.s] %}{% endfor %}{{ n.s | join }}",
    "joins by a long text": "{{ range(99999) | join('x' * 99999) }}",
    "indents far": "{{ 'x' | wrapped(999999999) }}",
    "writes wide": "{{ '{:>999999999}'.format('x') }}",
    "writes wide in another way": "{{ '%999999999d' % 1 }}",
    "raises to a power": "{{ 9 ** 9 ** 9 }}",
    "pads": "{{ 'x'.ljust(999999999) }}",
    "makes words": "{{ lipsum(n=99999999) }}",
    "turns escaping off": "{% autoescape false %}{{ d.company }}{% endautoescape %}",
    "is safe by its own word": "{{ '<script>' | safe }}",
    "prints a list": "{{ [1, 2] }}",
    "has no such variable": "{{ nothing.there }}",
    "is no template": "{% for %}",
    "is nested without end": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "is nested in blocks": "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    "brings a script": "<script>alert(1)</script>",
    "brings a script in two parts": "<scr{# #}ipt>alert(1)</script>",
    "brings a handler": "<p onclick='alert(1)'>x</p>",
    "brings a handler without a space": "<p/onclick=alert(1)>x</p>",
    "brings a picture": "<img src='https://example.org/x.png'>",
    "brings a frame": "<iframe src='x'></iframe>",
    "links elsewhere": "<a href='javascript:alert(1)'>x</a>",
    "styles from elsewhere": "<style>p { background: u\\72l(https://example.org) }</style>",
    "styles inline": "<p style='background:url(x)'>x</p>",
    "hides in a comment": "<!--><script>alert(1)</script>-->",
    "goes elsewhere": "<meta http-equiv='refresh' content='0;url=x'>",
    "draws with code": "<svg onload=alert(1)></svg>",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=[*ATTACKS])
def test_a_template_that_means_harm_gives_an_error(
    run: Run, pack: PackMaker, monkeypatch: pytest.MonkeyPatch, attack: str
) -> None:
    monkeypatch.setattr(meter, "MOST", 400_000)  # a tenth, for the sake of the clock
    page = f"{HEAD}{attack}</body></html>\n"
    name = pack("evil", {f"templates/{PAGE}": page}, REPLACES)
    start = time.monotonic()
    ran = run("diagnose", "acme.yaml", "--format", "html", "-o", "out.html", "--pack", name)
    assert time.monotonic() - start < 10
    assert (ran.code, ran.out) == (3, "")
    assert "P30" in ran.err
    assert f"evil/templates/{PAGE}" in ran.err
    assert not Path("out.html").exists()
    assert "root:" not in ran.err


def test_the_line_of_a_fault_is_told(run: Run, pack: PackMaker) -> None:
    page = f"{HEAD}<p>x</p>\n{{{{ nothing }}}}\n</body></html>\n"
    name = pack("demo", {f"templates/{PAGE}": page}, REPLACES)
    ran = run("diagnose", "acme.yaml", "--format", "html", "--pack", name)
    assert f"demo/templates/{PAGE}:4:1: P301" in ran.err
    assert "'nothing' is undefined" in ran.err


def test_templates_are_checked_before_they_are_filled(run: Run, pack: PackMaker) -> None:
    name = pack("demo", {"templates/own.txt.j2": "{% for %}"})
    ran = run("pack", "check", name)
    assert ran.code == 1
    assert "demo/templates/own.txt.j2:1" in ran.out


@pytest.mark.parametrize(
    ("templates", "further", "code"),
    [
        ({PAGE: "x"}, "", "P202"),
        ({}, REPLACES, "P203"),
        ({"own.txt.j2": "x"}, "replaces_templates: [own.txt.j2]\n", "P203"),
        ({"own.txt.j2": "x" * 300_000}, "", "P103"),
    ],
)
def test_templates_replace_others_only_when_asked(
    run: Run, pack: PackMaker, templates: dict[str, str], further: str, code: str
) -> None:
    files = {f"templates/{name}": text for name, text in templates.items()}
    ran = run("diagnose", "acme.yaml", "--pack", pack("demo", files, further))
    assert ran.code == 3
    assert code in ran.err


def test_two_packs_with_one_template_are_both_named(run: Run, pack: PackMaker) -> None:
    for name in ("one", "two"):
        pack(name, {f"templates/{PAGE}": "x"}, REPLACES)
    ran = run("diagnose", "acme.yaml", "--pack", "one", "--pack", "two")
    assert "P205" in ran.err
    assert f"(see also one/templates/{PAGE})" in ran.err


def test_the_sandbox_is_not_there_without_templates() -> None:
    (pack,) = read_packs([ROOT / "packs" / "sector-norms"])
    case = case_of("overstocked-manufacturer.yaml")
    with in_use((pack,)):
        page = write(case, "en", case.accounts.periods[-1].id, content_root())
        assert render(page, "text", content_root()) == document(
            "overstocked-manufacturer.yaml", "en", "text"
        )


def test_a_sandboxed_template_may_not_be_given_to_others() -> None:
    case = case_of("overstocked-manufacturer.yaml")
    page = write(case, "en", case.accounts.periods[-1].id, content_root())
    bad = bystander()._replace(files={"templates/diagnosis.txt.j2": b"{{ d.missing }}"})
    with in_use((bad,)), pytest.raises(DiagnostError):
        render(page, "text", content_root())
    assert render(page, "text", content_root())
