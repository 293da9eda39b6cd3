"""The written documents: golden copies, and what no document may contain.

A golden copy is evidence of change, not of truth. ``pytest --approve`` writes the copies anew.
"""

import difflib
import json
import os
import re
import subprocess
import sys
from functools import lru_cache
from html import unescape
from itertools import product
from pathlib import Path

import pytest

from diagnost.engine.run import available
from tests.shipped import (
    EXAMPLES,
    FORMS,
    LANGUAGES,
    MIXED,
    ROOT,
    SHOPS,
    TEAMS,
    base,
    case_of,
    document,
)

GOLDEN = ROOT / "tests" / "golden"
PLAIN_TEXT = "overstocked-manufacturer.yaml"

# The workbooks say what the YAML files say: one copy each, for the places.
WORKBOOKS = (("kamienna-dolina.xlsx", "pl"), ("qinghe-zh.xlsx", "zh"))
WRITTEN = [name for name in EXAMPLES if name.endswith(".yaml")]
# What a bank and an investor read about one company.
OTHER_READERS = ("indebted-with-good-cover.yaml", ("bank", "investor"))
# Of the sales forces one is kept as data as well: that with most to say of single persons.
MANY_PERSONS = "sales/stars-and-veterans.yaml"
OTHERS = (*TEAMS, *SHOPS, *MIXED)
COPIES = [
    *((name, language, "md", "owner") for name in WRITTEN for language in LANGUAGES),
    *((name, language, "md", "owner") for name, language in WORKBOOKS),
    *((name, "en", "json", "owner") for name in WRITTEN),
    *(
        (name, language, "md", "owner")
        for name in (*TEAMS, *SHOPS, *MIXED)
        for language in LANGUAGES
    ),
    (MANY_PERSONS, "en", "json", "owner"),
    *((PLAIN_TEXT, language, "text", "owner") for language in LANGUAGES),
    *(
        (OTHER_READERS[0], language, "md", viewpoint)
        for viewpoint in OTHER_READERS[1]
        for language in LANGUAGES
    ),
]
DOCUMENTS = [(name, language) for name in (*EXAMPLES, *OTHERS) for language in LANGUAGES]


def written_in(form: str) -> tuple[str, ...]:
    """Return the examples looked at in a form: sales forces and shops in Markdown alone."""
    return (*EXAMPLES, *OTHERS) if form == "md" else EXAMPLES


def copy_of(example: str, language: str, form: str, viewpoint: str) -> Path:
    """Return where the golden copy of a document stands."""
    reader = "" if viewpoint == "owner" else f".{viewpoint}"
    name = {
        "md": f"diagnosis{reader}.{language}.md",
        "json": "diagnosis.json",
        "text": f"diagnosis.{language}.txt",
    }[form]
    return GOLDEN / Path(example).with_suffix("") / name


@pytest.mark.parametrize(("example", "language", "form", "viewpoint"), COPIES)
def test_a_document_is_as_approved(
    example: str, language: str, form: str, viewpoint: str, approve: bool
) -> None:
    path = copy_of(example, language, form, viewpoint)
    now = document(example, language, form, viewpoint)
    if approve:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(now, encoding="utf-8", newline="\n")
        return
    name = path.relative_to(ROOT).as_posix()
    if not path.exists():
        pytest.fail(f"{name} is not there; read the document, then pytest --approve", pytrace=False)
    before = path.read_text(encoding="utf-8")
    if before != now:
        diff = difflib.unified_diff(
            before.splitlines(), now.splitlines(), name, "now", lineterm="", n=1
        )
        changes = "\n".join(diff)
        pytest.fail(f"{name} has changed; if rightly, pytest --approve\n{changes}", pytrace=False)


def test_no_golden_copy_is_left_over() -> None:
    wanted = {copy_of(*copy) for copy in COPIES}
    found = {path for path in GOLDEN.rglob("*") if path.is_file()}
    assert {path for path in found if not path.name.startswith("answers.")} <= wanted


def test_the_readme_quotes_a_real_document(approve: bool) -> None:
    """The summary and the verdicts of one example stand in README.md, without numbers of notes."""
    text = document(PLAIN_TEXT, "en", "md")
    start = text.index("## ", text.index("\n"))
    parts = re.split(r"^## .*\n\n", text[start:], flags=re.MULTILINE)[1:3]
    quoted = re.sub(r" \[[\d, ]+\]", "", "".join(parts)).strip()
    begin, end = "<!-- excerpt -->\n", "\n<!-- end of excerpt -->"
    path = ROOT / "README.md"
    readme = path.read_text(encoding="utf-8")
    before, _, rest = readme.partition(begin)
    wanted = before + begin + "\n" + quoted + "\n" + end + rest.partition(end.lstrip())[2]
    if approve:
        path.write_text(wanted, encoding="utf-8", newline="\n")
    elif readme != wanted:
        pytest.fail("the excerpt in README.md is out of date; pytest --approve", pytrace=False)


@pytest.mark.parametrize(
    ("example", "form"),
    [
        ("overstocked-manufacturer.yaml", "json"),
        ("impossible-data.yaml", "md"),
        ("partial-ratios.yaml", "md"),
    ],
)
def test_the_same_accounts_give_the_same_bytes(example: str, form: str) -> None:
    """Whatever the order of sets and whichever engine: only the name of the engine may differ."""
    command = [sys.executable, "-m", "diagnost", "diagnose", f"examples/{example}"]
    written = set()
    for seed, engine in (("1", "builtin"), ("2", "builtin"), ("3", available()[-1])):
        done = subprocess.run(
            [*command, "--format", form, "--engine", engine],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "DIAGNOST_CACHE": "off"},
            capture_output=True,
            check=True,
        )
        written.add(done.stdout.replace(b'"engine": "durable"', b'"engine": "builtin"'))
    assert len(written) == 1


# --- what no document may contain ----------------------------------------------------------------


@lru_cache
def prose(example: str, language: str, form: str) -> str:
    """Return a document as its reader sees it, without the names that the company gave."""
    text = document(example, language, form)
    if form == "html":
        text = text[text.index("<body>") :]
        text = re.sub(
            r'</(p|li|td|th|h\d|tr|summary)>|</span> (?=<span>)|(?=<span class="word)', "\n", text
        )
        text = unescape(re.sub(r"<[^>]+>", "", text))
        text = "\n".join(line.strip() for line in text.splitlines())
    if form == "json":
        text = "\n".join(_texts(json.loads(text)))
    case = case_of(example)
    persons = (subject.subject.name for subject in case.subjects if subject.subject)
    for name in (case.accounts.company.name, Path(example).name, *persons):
        text = text.replace(name, "@")
    return re.sub(r"@!\S+", "@", text)  # the names of sheets are the company's too


def _texts(node: object, key: str = "") -> list[str]:
    """Return the sentences of a JSON document."""
    if isinstance(node, dict):
        return [text for key, value in node.items() for text in _texts(value, key)]
    if isinstance(node, list):
        return [text for value in node for text in _texts(value, key)]
    return [node] if isinstance(node, str) and key in ("text", "detail", "watch") else []


def found(pattern: str, text: str) -> list[str]:
    """Return every place where a pattern is met, with what stands around it."""
    return [
        text[max(0, hit.start() - 30) : hit.end() + 30].replace("\n", "⏎")
        for hit in re.finditer(pattern, text)
    ]


BROKEN = {
    "a value of the program": r"\b(None|nan|NaN|null|True|False|Decimal|undefined|Infinity)\b",
    "an open slot": r"[{}]",
    "an id": r"\b(finance|company|lines|rules|knowledge)\.[a-z_]+|\b[a-z]+_[a-z_]+\b",
    "a space before a stop": r"\S (?:[,;!?。，、；：]|\.(?!\d|\.\.))",
    "a doubled stop": r"(?<!\.)\.\.(?!\.)|,,|。。|，，|;\.|,\.(?!\d)|。\.|\.。",
    "a doubled word": r"\b([^\W\d_]{2,}) \1\b|\brok(?:u|iem)? \d{4} r\.|年年|天天",
    "an empty bracket": r"\(\s*\)|（\s*）|\[\s*\]",
    "an ASCII minus before a number": r"(?<![\w\-–])-\d",
}


@pytest.mark.parametrize("what", BROKEN)
@pytest.mark.parametrize("form", FORMS)
def test_no_document_shows_what_only_the_program_should_see(form: str, what: str) -> None:
    hits = {
        (example, language): places
        for example, language in product(written_in(form), LANGUAGES)
        if (places := found(BROKEN[what], prose(example, language, form)))
    }
    assert not hits, what


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_no_document_doubles_a_space(form: str) -> None:
    hits = {
        (example, language): places
        for example, language in product(written_in(form), LANGUAGES)
        if (places := found(r"\S  +\S", prose(example, language, form)))
    }
    assert not hits


CJK = "一-鿿"
CHINESE = re.compile(rf"[{CJK}]")


@pytest.mark.parametrize("form", FORMS)
def test_chinese_has_its_own_punctuation(form: str) -> None:
    wrong = rf"[{CJK}][,;:!?][{CJK}]|[{CJK}]\.(?:\s|$)|[{CJK}] [{CJK}]|[{CJK}]\([^)]*[{CJK}]"
    hits = {
        example: places
        for example in written_in(form)
        if (places := found(wrong, _lines_apart(prose(example, "zh", form), form)))
    }
    assert not hits


def _lines_apart(text: str, form: str) -> str:
    """Return a text whose table columns do not look like words with a space between them."""
    if form == "text":
        return re.sub(r" {2,}", "\t", text).replace("\n", "\t")
    return text.replace(" | ", "\t")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["pl", "zh"])
def test_no_english_in_another_language(language: str, form: str) -> None:
    hits = {}
    for example in written_in(form):
        words = {
            word
            for word in re.findall(r"\b[A-Za-z]{3,}\b", prose(example, language, form))
            if word in english_words() and word not in own_words(language)
        }
        if words:
            hits[example] = sorted(words)
    assert not hits


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_no_chinese_in_another_language(language: str, form: str) -> None:
    hits = {}
    for example in written_in(form):
        sheets = {amount.at.sheet for amount in case_of(example).accounts.amounts.values()}
        other = "".join(set(CHINESE.findall(prose(example, language, form))) - set("".join(sheets)))
        if other:
            hits[example] = found(rf"[{other}]", prose(example, language, form))
    assert not hits


@lru_cache
def english_words() -> frozenset[str]:
    """Return the words that the knowledge base and the page furniture use in English."""
    return _words_in("en") - {i.symbol for i in base().catalogue.indicators.values()}


@lru_cache
def own_words(language: str) -> frozenset[str]:
    """Return the words that a language has by right, be they spelt as in English."""
    return _words_in(language)


def _words_in(language: str) -> frozenset[str]:
    everything = base()
    texts = [
        text.in_language(language)
        for rule in everything.rules.values()
        for name in ("text", "detail", "brief", "effect", "watch", "because", "doubt")
        if (text := getattr(rule, name, None)) is not None
    ]
    texts += [i.name.in_language(language) for i in everything.catalogue.indicators.values()]
    texts += [q.asks.in_language(language) for q in everything.catalogue.questions.values()]
    texts += [i.names.in_language(language) for i in everything.catalogue.line_items.values()]
    texts.append((ROOT / "templates" / "words" / f"{language}.yaml").read_text(encoding="utf-8"))
    without_slots = re.sub(r"\{[^{}]*\}|^\s*[\w\"]+:", " ", "\n".join(texts), flags=re.M)
    without_slots = re.sub(r"\b[a-z_]+: (?=[^ ])", " ", without_slots)
    return frozenset(re.findall(r"\b[A-Za-z]{3,}\b", without_slots))


@pytest.mark.parametrize(("example", "language"), DOCUMENTS)
def test_no_sentence_stands_twice_in_a_document(example: str, language: str) -> None:
    text = document(example, language, "md")
    body = text[: text.index("### ")]  # the appendix repeats by design
    sentences = [
        re.sub(r" ?[\[［][\d, ]+[\]］]", "", sentence).strip(" 。.-|*")
        for line in body.splitlines()
        if not line.startswith("#") and not re.search(r"\| \*\*", line)  # nor the verdicts' table
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ])|(?<=。)|\||<br>", line)
    ]
    # Two figures may hold the same place among other firms.
    sentences = [sentence for sentence in sentences if not re.search(r"第\d+位", sentence)]
    long = [sentence for sentence in sentences if len(sentence) > (12 if language == "zh" else 40)]
    assert [s for s in dict.fromkeys(long) if long.count(s) > 1] == []
