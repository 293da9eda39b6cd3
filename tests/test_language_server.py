"""The language server over its pipes: problems while typing, completion, hover, definition."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diagnost.explain.while_writing import offers, path_at
from diagnost.knowledge.base import load_with_problems
from diagnost.knowledge.grammar import grammar
from tests.unit.conftest import FILES

TOPIC = "knowledge/finance/liquidity/ratio.yaml"


class Editor:
    """Speaks to a server as an editor does."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.number = 0
        self.problems: dict[str, list[dict[str, Any]]] = {}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "diagnost", "language-server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.ask("initialize", processId=None, rootUri=root.as_uri(), capabilities={})
        self.tell("initialized")

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server has gone"
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            name = message["params"]["uri"].removeprefix(f"{self.root.as_uri()}/")
            self.problems[name] = message["params"]["diagnostics"]
        return message

    def tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while (message := self._receive()).get("id") != self.number:
            pass
        assert "error" not in message, message
        return message["result"]

    def open(self, name: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        item = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=item)
        self.await_problems(name)

    def write(self, name: str, text: str, version: int = 2) -> None:
        document = {"uri": (self.root / name).as_uri(), "version": version}
        self.tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])

    def await_problems(self, name: str) -> list[dict[str, Any]]:
        self.problems.pop(name, None)
        while name not in self.problems:
            self._receive()
        return self.problems[name]

    def at(self, name: str, line: int, character: int) -> dict[str, Any]:
        return {
            "textDocument": {"uri": (self.root / name).as_uri()},
            "position": {"line": line, "character": character},
        }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def editor(root: Path) -> Iterator[Editor]:
    pytest.importorskip("pygls")
    found = Editor(root)
    yield found
    found.ask("shutdown")
    found.tell("exit")
    found.process.wait(20)
    for stream in (found.process.stdin, found.process.stdout):
        assert stream is not None
        stream.close()


def find(text: str, what: str) -> tuple[int, int]:
    """Return line and column (from 0) behind a piece of text."""
    before = text[: text.index(what) + len(what)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def test_problems_are_told_of_what_is_not_saved(editor: Editor, root: Path) -> None:
    editor.open(TOPIC)
    assert editor.problems[TOPIC] == []
    text = (root / TOPIC).read_text(encoding="utf-8")
    editor.write(
        TOPIC,
        text.replace("when: {finance.liquidity.ratio: low}", "when: {finance.liquidity.ratio: lo}"),
    )
    [problem] = editor.await_problems(TOPIC)
    assert (problem["code"], problem["severity"], problem["source"]) == ("K202", 1, "diagnost")
    assert problem["range"]["start"]["line"] == find(text, "when: {")[0]
    assert "Did you mean low" in problem["message"]
    editor.write(
        TOPIC,
        text.replace(
            "fires_on: [{finance.liquidity.ratio: 1.19}]",
            "fires_on: [{finance.liquidity.ratio: 3}]",
        ),
        3,
    )
    assert [p["code"] for p in editor.await_problems(TOPIC)] == ["K501"]
    editor.write(TOPIC, text.replace("polarity: bad\n", "polarity: [\n"), 4)
    assert [p["code"] for p in editor.await_problems(TOPIC)] == ["K101"]
    editor.write(TOPIC, text.replace("仅{WPB}。", "𠀀 TODO {WPB}。"), 5)
    assert [p["code"] for p in editor.await_problems(TOPIC)] == ["K407"]
    editor.write(TOPIC, text, 6)
    assert editor.await_problems(TOPIC) == []
    assert (root / TOPIC).read_text(encoding="utf-8") == text


def test_problems_elsewhere_are_told_and_taken_back(editor: Editor, root: Path) -> None:
    lines = "knowledge/line_items.yaml"
    editor.open(lines)
    text = (root / lines).read_text(encoding="utf-8")
    editor.write(lines, text.replace("id: current_assets", "id: assets_now"))
    assert "K203" in {p["code"] for p in editor.await_problems(TOPIC)}
    editor.write(lines, text, 3)
    assert editor.await_problems(TOPIC) == []


def test_completion_hover_and_definition(editor: Editor, root: Path) -> None:
    editor.open(TOPIC)
    text = (root / TOPIC).read_text(encoding="utf-8")
    line, column = find(text, "when: {finance.liquidity.ratio: ")
    words = editor.ask("textDocument/completion", **editor.at(TOPIC, line, column))
    assert [each["label"] for each in words] == ["high", "low", "safe"]
    page = editor.ask("textDocument/hover", **editor.at(TOPIC, line, column - 5))
    assert "current_assets / current_liabilities" in page["contents"]["value"]
    assert TOPIC in page["contents"]["value"]
    place = editor.ask("textDocument/definition", **editor.at(TOPIC, line, column - 5))
    assert place["uri"] == (root / TOPIC).as_uri()
    assert place["range"]["start"]["line"] == find(text, "indicator:\n")[0]
    source = editor.ask("textDocument/definition", **editor.at(TOPIC, *find(text, "cites: [F5")))
    assert source["uri"] == (root / "knowledge/sources.yaml").as_uri()
    assert editor.ask("textDocument/hover", **editor.at(TOPIC, *find(text, "severity"))) is None


def test_other_files_are_left_alone(editor: Editor, root: Path) -> None:
    other = root / "notes.yaml"
    other.write_text("a: [", encoding="utf-8")
    item = {"uri": other.as_uri(), "languageId": "yaml", "version": 1, "text": "a: ["}
    editor.tell("textDocument/didOpen", textDocument=item)
    assert editor.ask("textDocument/completion", **editor.at("notes.yaml", 0, 2)) == []
    assert editor.problems == {}


# --- what may be written -----------------------------------------------------------------------

WRITTEN = """\
topic: finance.liquidity.ratio
statements:
  - id: low
    when:
      any:
        - {finance.liquidity.ratio: low}
    polarity:~
    text:
      en: x
    cites: []
    leads:~
    ~
  - id: high
    prevails_over:
      -~
""".replace("~", " ")


@pytest.mark.parametrize(
    ("behind", "path"),
    [
        ("topic: ", ()),
        ("- {", ("statements", "when", "any")),
        ("      en: ", ("statements", "text")),
        ("leads: \n    ", ("statements",)),
        ("prevails_over:\n      - ", ("statements", "prevails_over")),
    ],
)
def test_the_keys_above_a_place(behind: str, path: tuple[str, ...]) -> None:
    assert path_at(WRITTEN.split("\n"), *find(WRITTEN, behind)) == path


@pytest.mark.parametrize(
    ("behind", "some", "none"),
    [
        ("polarity: ", {"bad", "good"}, {"when"}),
        ("leads: ", {"yes", "no"}, {"true"}),
        ("- {", {"finance.liquidity.ratio", "finance.liquidity.ratio.low"}, {"when"}),
        ("{finance.liquidity.ratio: ", {"low", "safe", "high"}, {"bad"}),
        ("cites: [", {"F5.1", "F5.3"}, {"F5"}),
        ("leads: \n    ", {"severity", "brief", "fires_on"}, {"statements"}),
        ("prevails_over:\n      - ", {"finance.liquidity.ratio.low"}, {"when"}),
    ],
)
def test_what_may_be_written_at_a_place(
    root: Path, behind: str, some: set[str], none: set[str]
) -> None:
    base, _ = load_with_problems(root)
    lines = WRITTEN.split("\n")
    words = {o.word for o in offers(base, grammar()["topic"], lines, *find(WRITTEN, behind))}
    assert some <= words
    assert not none & words


def test_without_pygls_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from diagnost.app.errors import UsageError
    from diagnost.cli import program

    monkeypatch.setattr("diagnost.cli.commands.language_server.find_spec", lambda name: None)
    result = CliRunner().invoke(program.program(["language-server"]), ["language-server"])
    assert isinstance(result.exception, UsageError)
    assert "pip install 'diagnost[lsp]'" in str(result.exception)
