"""Templates of packs: filled in a sandbox that knows few things and counts all that is done.

A template from outside may print what the page has, repeat and choose. It reads no files but its
own and the shipped templates, reaches nothing inside the things it is given, and comes to an end:
every turn of a loop and everything made is paid from a budget (``report.meter``). Its HTML has no
scripts and fetches nothing (``report.plain_markup``).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import BuiltinMethodType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import Macro
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

from diagnost.knowledge.pack_layouts import FOLDER, layouts_of
from diagnost.knowledge.packs import Pack
from diagnost.model.located import At, DiagnostError, Problem
from diagnost.report.meter import Meter, TooMuch
from diagnost.report.plain_markup import foreign

Layout = Callable[..., Any]

_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.NSRef, nodes.Const),
    *(nodes.Getattr, nodes.Getitem, nodes.For, nodes.If, nodes.Call, nodes.Keyword, nodes.Filter),
    *(nodes.Test, nodes.List, nodes.Tuple, nodes.Concat, nodes.Add, nodes.Sub, nodes.Mul),
    *(nodes.Neg, nodes.Assign, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or),
    *(nodes.Not, nodes.Macro, nodes.FromImport, nodes.Include),
)
"""What a template may be made of."""
_CALCULATIONS = {nodes.Add: "added", nodes.Sub: "taken_away", nodes.Mul: "multiplied"}
_METHODS = ("format", "join")
"""The methods of texts that may be called."""
_TESTS = ("defined", "none", "odd", "even")
_SCOPES = ("_loop_vars", "_block_vars")
"""What Jinja hands to every call besides its arguments."""
_MOST_ARGUMENT = 200
_SLOT = re.compile(r"\{\w*\}")


class PackTemplates(SandboxedEnvironment):
    """The environment of all templates where a pack has any."""

    def __init__(self, packs: Sequence[Pack], root: Path, *, html: bool) -> None:
        self.meter = Meter()
        self._own: dict[str, tuple[str, bytes]] = {
            name: (pack.place(f"{FOLDER}{name}"), content)
            for pack in packs
            for name, content in layouts_of(pack).items()
        }
        super().__init__(
            loader=jinja2.ChoiceLoader(
                [jinja2.FunctionLoader(self._read), jinja2.FileSystemLoader(root / "templates")]
            ),
            autoescape=html,
            undefined=jinja2.StrictUndefined,
            finalize=self.meter.plain,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        kept: dict[str, Layout] = {"list": list, "length": len, "map": _attributes}
        self.filters = {name: self._metered(function) for name, function in kept.items()}
        self.filters["join"] = lambda parts, between="": self.meter.joined(parts, str(between))
        self.filters["upper"] = lambda text: str(self.meter.plain(text)).upper()
        self.tests = {name: self.tests[name] for name in _TESTS}
        self.globals = {name: self.globals[name] for name in ("namespace", "range")}
        self._allowed: tuple[Layout, ...] = ()

    def add_filter(self, name: str, function: Layout) -> None:
        """Let templates use a filter; what it is given and what it makes is counted."""
        self.filters[name] = self._metered(function)

    def fill(self, name: str, values: Mapping[str, object]) -> str:
        """Fill a template; raises DiagnostError, P301, where that cannot be."""
        self._allowed = tuple(value for value in values.values() if callable(value))
        try:
            parts = []
            for part in self.get_template(name).generate(**values):
                self.meter.spend(len(part))
                parts.append(part)
            text = "".join(parts)
        except DiagnostError:
            raise
        except Exception as error:  # whatever a template does, it is the template's fault
            raise DiagnostError([self._problem(error, name)]) from error
        wrong = foreign(text) if self.autoescape else ""
        if wrong:
            hint = "Documents show what they hold; they run and fetch nothing."
            at = self._place(name, 0)
            raise DiagnostError([Problem("P302", f"the document would hold {wrong}", at, hint)])
        return text

    def check(self) -> list[Problem]:
        """Return what is wrong with the templates of packs as far as can be seen unfilled."""
        found = []
        for name in self._own:
            try:
                if name.endswith(".j2"):
                    self.get_template(name)
            except Exception as error:  # as above
                found.append(self._problem(error, name))
        return found

    # --- reading ----------------------------------------------------------------------------------

    def _read(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = self._own.get(name)
        if found is None:
            return None
        return found[1].decode("utf-8-sig"), found[0], lambda: True

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        guarded: nodes.Template = _Guard(name or "").visit(tree)
        return guarded

    # --- filling ----------------------------------------------------------------------------------

    def call(self, context: Any, called: Any, *arguments: Any, **named: Any) -> Any:
        """Call what templates may: macros, what the page offers, and two methods of texts."""
        owner = getattr(called, "__self__", None)
        own = {key: value for key, value in named.items() if key not in _SCOPES}
        if owner is self.meter:
            return called(*arguments)
        if isinstance(called, BuiltinMethodType) and isinstance(owner, str):
            return self._method(called.__name__, owner, arguments, own)
        ours = any(called is each for each in (*self._allowed, *self.globals.values()))
        if not ours and not isinstance(called, Macro) and called is not Namespace:
            raise TooMuch("that cannot be called here")
        for argument in (*arguments, *own.values()):
            self.meter.weighed(argument)
        return self.meter.weighed(super().call(context, called, *arguments, **named))

    def wrap_str_format(self, value: Any) -> None:
        """Leave ``format`` of texts as it is: ``call`` sees to it."""
        return

    def _method(
        self, name: str, text: str, arguments: Sequence[Any], named: Mapping[str, Any]
    ) -> str:
        if name == "join" and len(arguments) == 1 and not named:
            return type(text)(self.meter.joined(arguments[0], text))
        if name == "format":
            if "{" in _SLOT.sub("", text):
                raise TooMuch("slots of texts are plain: {name}")
            made = text.format(
                *map(self.meter.plain, arguments),
                **{key: self.meter.plain(value) for key, value in named.items()},
            )
            self.meter.spend(len(made))
            return made
        raise TooMuch(f"'{name}' cannot be called here")

    def _metered(self, function: Layout) -> Layout:
        def metered(value: Any, *arguments: Any, **named: Any) -> Any:
            self.meter.weighed(value)
            for argument in (*arguments, *named.values()):
                if isinstance(argument, int) and not 0 <= argument <= _MOST_ARGUMENT:
                    raise TooMuch("the number is far too large")
                if not isinstance(argument, list | tuple):
                    self.meter.plain(argument)
            return self.meter.weighed(function(value, *arguments, **named))

        return metered

    # --- what went wrong --------------------------------------------------------------------------

    def _problem(self, error: Exception, name: str) -> Problem:
        line = getattr(error, "lineno", 0) or 0
        where = getattr(error, "name", None) or name
        frame = error.__traceback__
        files = {place: own for own, (place, _) in self._own.items()}
        while frame is not None:
            file = frame.tb_frame.f_code.co_filename
            if file in files and not isinstance(error, jinja2.TemplateSyntaxError):
                where, line = files[file], frame.tb_lineno
            frame = frame.tb_next
        message = f"the template cannot be used: {_message(error)}"
        hint = "docs/packs.md says what a template may do."
        return Problem("P301", message, self._place(where, line), hint)

    def _place(self, name: str, line: int) -> At:
        own = self._own.get(name)
        file = own[0] if own is not None else next(iter(self._own.values()))[0]
        return At(file, line if own is not None else 0, 1 if own is not None and line else 0)


def _message(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it leads back to itself"
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template '{error.name}'"
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    return text[:200]


def _attributes(items: Iterable[Any], *, attribute: str) -> list[Any]:
    """Return an attribute of each item, as the filter ``map(attribute='text')`` does."""
    if not isinstance(attribute, str) or not attribute.isidentifier() or attribute[0] == "_":
        raise TooMuch("map takes the name of an attribute")
    return [getattr(item, attribute) for item in items]


class _Guard(NodeTransformer):
    """Refuses what templates of packs are not made of, and lets all the rest be counted."""

    def __init__(self, name: str) -> None:
        self.name = name

    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        """Take one node and all below it."""
        if not isinstance(node, _NODES):
            self._refuse(node, f"'{type(node).__name__.lower()}' has no place here")
        return super().visit(node, *args, **kwargs)

    def _refuse(self, node: nodes.Node, message: str) -> None:
        raise jinja2.TemplateSyntaxError(message, node.lineno, self.name)

    def _metered(self, node: nodes.Node, name: str, *arguments: Any) -> nodes.Call:
        place = {"lineno": node.lineno, "environment": node.environment}
        method = nodes.Getattr(nodes.EnvironmentAttribute("meter"), name, "load", **place)
        return nodes.Call(method, list(arguments), [], None, None, **place)

    def _paid(self, node: Any, body: list[nodes.Node]) -> list[nodes.Node]:
        """Return the body of a loop, macro or template with its price in front."""
        price = nodes.Const(1 + _length(body))
        spend = self._metered(node, "spend", price)
        return [nodes.ExprStmt(spend, lineno=node.lineno, environment=node.environment), *body]

    def visit_Template(self, node: nodes.Template) -> nodes.Node:  # noqa: N802
        """Count a template each time it is included."""
        body = list(node.body)
        self.generic_visit(node)
        node.body = self._paid(node, node.body) if body else node.body
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        """Count the turns of a loop."""
        if node.recursive:
            self._refuse(node, "a loop that calls itself has no place here")
        self.generic_visit(node)
        node.body = self._paid(node, node.body)
        return node

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802
        """Count the calls of a macro."""
        self.generic_visit(node)
        node.body = self._paid(node, node.body)
        return node

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802
        """Refuse names that templates do not use."""
        if node.name.startswith("_"):
            self._refuse(node, f"there is no '{node.name}'")
        return node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        """Refuse what lies inside things."""
        if node.attr.startswith("_"):
            self._refuse(node, f"there is no '{node.attr}'")
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        """Refuse calls of anything but names and two methods of texts."""
        called = node.node
        method = isinstance(called, nodes.Getattr) and called.attr in _METHODS
        if not (isinstance(called, nodes.Name) or method) or node.dyn_args or node.dyn_kwargs:
            self._refuse(node, "that cannot be called here")
        return self.generic_visit(node)

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802
        """Refuse arguments that are not written out."""
        if node.node is None or node.dyn_args or node.dyn_kwargs:
            self._refuse(node, "a filter stands behind what it is used on")
        return self.generic_visit(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        """Let only texts and numbers be put together."""
        self.generic_visit(node)
        node.nodes = [self._metered(node, "plain", each) for each in node.nodes]
        return node

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802
        """Keep lists flat."""
        self.generic_visit(node)
        return self._metered(node, "flat", node)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        """Allow only tuples that name several things, as loops do."""
        if node.ctx != "store":
            self._refuse(node, "write a list in square brackets")
        return self.generic_visit(node)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        """Count what comparing takes."""
        self.generic_visit(node)
        node.expr = self._metered(node, "weighed", node.expr)
        for operand in node.ops:
            operand.expr = self._metered(node, "weighed", operand.expr)
        return node

    def visit_Add(self, node: nodes.Add) -> nodes.Node:  # noqa: N802
        """Calculate within bounds."""
        return self._calculated(node)

    visit_Sub = visit_Mul = visit_Add  # noqa: N815

    def _calculated(self, node: Any) -> nodes.Node:
        self.generic_visit(node)
        name = _CALCULATIONS[type(node)]
        return self._metered(node, name, node.left, node.right)


def _length(body: Iterable[nodes.Node]) -> int:
    """Return how much text stands in a body, without that of loops and macros inside."""
    total = 0
    for node in body:
        if isinstance(node, nodes.TemplateData):
            total += len(node.data)
        elif not isinstance(node, nodes.For | nodes.Macro):
            total += _length(node.iter_child_nodes())
        elif isinstance(node, nodes.For):
            total += _length(node.else_)
    return total
