"""``language-server``: the knowledge base while it is being written, in an editor."""

from importlib.util import find_spec

from diagnost.cli.options import Lang, Language


def language_server(lang: Lang = Language.EN) -> None:
    """Serve an editor: problems while typing, completion, what a name means and where it stands.

    It speaks the Language Server Protocol over standard input and output; the editor starts it. It
    needs pygls: pip install 'diagnost[lsp]'.

    Example: diagnost language-server --lang pl
    """
    from diagnost.app.errors import UsageError

    if find_spec("pygls") is None:
        raise UsageError("the language server needs pygls; install it: pip install 'diagnost[lsp]'")
    from diagnost.app.language_server import serve

    serve(lang)
