"""The language server: what ``LiveContent`` knows, told to an editor; the only door to pygls."""

import asyncio
from pathlib import Path
from urllib.parse import unquote, urlparse
from urllib.request import url2pathname

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from diagnost import __version__
from diagnost.app.errors import UsageError
from diagnost.app.live import LiveContent
from diagnost.app.open_content import root_of
from diagnost.check.codes import is_warning
from diagnost.model.located import At, DiagnostError, Problem

_PAUSE = 0.3
"""Seconds without a keystroke after which a text is read."""


def serve(language: str) -> None:
    """Talk to an editor over standard input and output until it ends."""
    make_server(language).start_io()


def make_server(language: str) -> LanguageServer:
    """Return a server with all that it answers."""
    server = LanguageServer("diagnost", __version__)
    desk = _Desk(server, language)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        desk.read(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        await desk.changed(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        desk.closed(params.text_document.uri)

    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION,
        lsp.CompletionOptions(trigger_characters=[" ", "{", ".", "[", ","]),
    )
    def completion(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        return desk.completion(params)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        return desk.hover(params)

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        return desk.definition(params)

    return server


class _Desk:
    """The files that are open, each with the pack or folder that it lies in."""

    def __init__(self, server: LanguageServer, language: str) -> None:
        self.server = server
        self.language = language
        self.contents: dict[Path, LiveContent] = {}
        self.told: dict[Path, set[str]] = {}  # files with problems, by root
        self.turn: dict[str, int] = {}

    def _of(self, uri: str) -> tuple[LiveContent, str] | None:
        """Return the content that a file lies in and its path there; None for other files."""
        path = _path(uri)
        root = root_of(path)
        if root is None:
            return None
        if root not in self.contents:
            try:
                self.contents[root] = LiveContent(root, self.language)
            except (DiagnostError, UsageError) as error:
                message = lsp.ShowMessageParams(type=lsp.MessageType.Error, message=str(error))
                self.server.window_show_message(message)
                return None
        live = self.contents[root]
        name = live.name_of(path)
        return (live, name) if name.startswith(("knowledge/", "rules/")) else None

    async def changed(self, uri: str) -> None:
        """Tell the problems of a text once its author pauses."""
        self.turn[uri] = turn = self.turn.get(uri, 0) + 1
        await asyncio.sleep(_PAUSE)
        if self.turn[uri] == turn:
            self.read(uri)

    def closed(self, uri: str) -> None:
        """Go by what is on the disk again."""
        found = self._of(uri)
        if found is not None:
            found[0].unsaved.pop(found[1], None)
            self._tell(found[0])

    def read(self, uri: str) -> None:
        """Take the text of an open file and tell its problems."""
        found = self._of(uri)
        if found is not None:
            found[0].unsaved[found[1]] = self._text(uri)
            self._tell(found[0])

    def _text(self, uri: str) -> str:
        return str(self.server.workspace.get_text_document(uri).source)

    def _tell(self, live: LiveContent) -> None:
        """Publish the problems of all files, and take back those that are gone."""
        root = live.content.root
        problems = {path.as_uri(): (path, found) for path, found in live.problems().items()}
        open_ = {(root / name).as_uri() for name in live.unsaved}
        for uri in sorted({*problems, *self.told.get(root, ()), *open_}):
            path, found = problems.get(uri, (_path(uri), []))
            lines = self._lines(live, path)
            told = [_diagnostic(problem, lines) for problem in found]
            self.server.text_document_publish_diagnostics(
                lsp.PublishDiagnosticsParams(uri=uri, diagnostics=told)
            )
        self.told[root] = set(problems)

    def _lines(self, live: LiveContent, path: Path) -> list[str]:
        try:
            name = live.name_of(path)
            text = live.unsaved.get(name)
            return (path.read_text(encoding="utf-8") if text is None else text).splitlines()
        except (OSError, ValueError):
            return []

    def completion(self, params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        """Offer keys, facts, words and ids."""
        found = self._of(params.text_document.uri)
        if found is None:
            return []
        live, name = found
        live.unsaved[name] = self._text(params.text_document.uri)
        column = self._column(live, name, params.position)
        return [
            lsp.CompletionItem(label=offer.word, detail=offer.what)
            for offer in live.offers(name, params.position.line, column)
        ]

    def hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        """Show what a name means: texts, conditions, sources, place."""
        page, _, _ = self._about(params)
        if not page:
            return None
        value = f"```text\n{page}```"
        return lsp.Hover(lsp.MarkupContent(kind=lsp.MarkupKind.Markdown, value=value))

    def definition(self, params: lsp.DefinitionParams) -> lsp.Location | None:
        """Say where a name is written."""
        _, path, at = self._about(params)
        if path is None or at is None or not at.line:
            return None
        live = self._of(params.text_document.uri)
        lines = self._lines(live[0], path) if live is not None else []
        return lsp.Location(path.as_uri(), _range(at, lines))

    def _about(
        self, params: lsp.HoverParams | lsp.DefinitionParams
    ) -> tuple[str, Path | None, At | None]:
        found = self._of(params.text_document.uri)
        if found is None:
            return "", None, None
        live, name = found
        live.unsaved[name] = self._text(params.text_document.uri)
        column = self._column(live, name, params.position)
        return live.about(name, params.position.line, column)

    def _column(self, live: LiveContent, name: str, position: lsp.Position) -> int:
        """Return the column in characters; editors count units of UTF-16."""
        lines = live.unsaved[name].splitlines()
        text = lines[position.line] if position.line < len(lines) else ""
        return len(text.encode("utf-16-le")[: 2 * position.character].decode("utf-16-le", "ignore"))


def _path(uri: str) -> Path:
    return Path(url2pathname(unquote(urlparse(uri).path)))


def _diagnostic(problem: Problem, lines: list[str]) -> lsp.Diagnostic:
    severity = lsp.DiagnosticSeverity
    return lsp.Diagnostic(
        range=_range(problem.at, lines),
        message=f"{problem.message}\n{problem.hint}".strip(),
        severity=severity.Warning if is_warning(problem.code) else severity.Error,
        code=problem.code,
        source="diagnost",
    )


def _range(at: At, lines: list[str]) -> lsp.Range:
    """Return a place as editors count: lines and units of UTF-16 from 0."""
    line, column = max(at.line - 1, 0), max(at.column - 1, 0)
    text = lines[line] if line < len(lines) else ""
    start = len(text[:column].encode("utf-16-le")) // 2
    end = start + max(len(text[column : column + at.width].encode("utf-16-le")) // 2, 1)
    return lsp.Range(lsp.Position(line, start), lsp.Position(line, end))
