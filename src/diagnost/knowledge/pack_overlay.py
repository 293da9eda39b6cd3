"""Packs laid over what is shipped: entries added, replaced and switched off, before all is read.

It is done on the nodes of the files, so that what a pack brings is read and checked like all else,
and keeps its place. No pack goes before another: where two touch one entry, both are named.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from diagnost.knowledge.pack_entries import (
    INDICATOR,
    LISTS,
    NORM,
    Edit,
    Entry,
    Path,
    edited,
    entries_of,
    with_items,
    with_value,
    without,
)
from diagnost.knowledge.packs import Pack
from diagnost.knowledge.shape import Problems
from diagnost.knowledge.switched_off import told_why, without_mentions
from diagnost.knowledge.vocabulary_file import is_vocabulary
from diagnost.model.located import At, DiagnostError, nearest
from diagnost.model.pack import PackUse
from diagnost.yaml_reader import Mapping as MappingNode
from diagnost.yaml_reader import Node, Scalar, read_bytes
from diagnost.yaml_reader import Sequence as NodeSequence

CONTENT = ("knowledge/", "rules/")
_REASONS = "knowledge/reasons.yaml"
_FURTHER_LISTS = {"knowledge/line_items.yaml": ("ambiguous", "composed", "identities")}
"""Lists without ids that a pack may add to."""


class FurtherFile(NamedTuple):
    """A file of a pack that is read beside those that are shipped."""

    name: str  # knowledge/finance/liquidity/quick_ratio.yaml
    node: Node


class Layered(NamedTuple):
    """The shipped files as packs change them, what packs add, and what each of them does."""

    nodes: Mapping[str, Node]
    further: tuple[FurtherFile, ...] = ()
    uses: tuple[PackUse, ...] = ()


def lay_over(
    nodes: Mapping[str, Node], packs: Sequence[Pack], fixed: frozenset[str], problems: Problems
) -> Layered:
    """Lay packs over the shipped files; ``fixed`` are the names of files that are no topics.

    Problems: P202 an id that is taken, P203 nothing to replace, P204 not to be replaced so, P205
    two packs at one entry, P206 nothing to switch off, P207 a file that packs leave alone.
    """
    if not packs:
        return Layered(nodes)
    overlay = _Overlay(nodes, fixed, problems)
    for pack in packs:
        overlay.lay(pack)
    return overlay.layered()


def explained(problems: Problems, uses: Sequence[PackUse]) -> None:
    """Say of references that lead nowhere that a pack has switched off what they name."""
    off = {each.id: each.at for use in uses for each in use.switched_off}
    if off:
        problems[:] = [told_why(problem, off) for problem in problems]


class _Touch(NamedTuple):
    """That an entry is replaced or switched off."""

    what: str
    at: At
    kind: str


class _Overlay:
    def __init__(
        self, nodes: Mapping[str, Node], fixed: frozenset[str], problems: Problems
    ) -> None:
        self.nodes = nodes
        self.fixed = fixed
        self.problems = problems
        self.shipped: dict[str, tuple[str, Entry]] = {}
        for name, node in nodes.items():
            if name in LISTS or name not in fixed:
                self.shipped |= {entry.id: (name, entry) for entry in entries_of(name, node)}
        self.edits: dict[str, dict[Path, list[Edit]]] = {}
        self.touched: dict[str, _Touch] = {}
        self.varied: dict[str, At] = {}  # norms that are others in some cases
        self.defined: dict[str, At] = {}
        self.further: list[FurtherFile] = []
        self.uses: list[PackUse] = []
        self.added: list[str] = []
        self.replaced: list[str] = []

    def lay(self, pack: Pack) -> None:
        """Take in one pack."""
        self.added, self.replaced = [], []
        own: dict[str, At] = {}
        for name, content in pack.files.items():
            if not name.startswith(CONTENT):
                continue
            try:
                node = read_bytes(content, name=pack.place(name))
            except DiagnostError as error:
                self.problems.extend(error.problems)
                continue
            self._file(name, node, own)
        self.defined |= own
        for off in pack.manifest.switched_off:
            self._switch_off(off.id, off.at)
        uses = PackUse(pack.manifest, pack.label, tuple(self.added), tuple(self.replaced))
        self.uses.append(uses)

    def layered(self) -> Layered:
        """Return everything as the packs leave it."""
        self._check_within()
        off = frozenset(each.id for use in self.uses for each in use.switched_off)
        nodes: dict[str, Node] = {}
        for name, node in self.nodes.items():
            changed = edited(node, self.edits[name]) if name in self.edits else node
            if changed is not None:
                nodes[name] = without_mentions(changed, off) if off else changed
        return Layered(nodes, tuple(self.further), tuple(self.uses))

    def _file(self, name: str, node: Node, own: dict[str, At]) -> None:
        if name in LISTS or name == _REASONS:
            self._list_file(name, node, own)
        elif name not in self.fixed or name not in self.nodes:
            self.further.append(FurtherFile(name, self._topic(name, node, own)))
        elif (
            name == "knowledge/context.yaml"
            or name.endswith(("/questionnaire.yaml", "/tables.yaml"))
            or is_vocabulary(name)
        ):
            self.further.append(FurtherFile(name, node))
        else:
            hint = f"Packs bring topics, and may add to {', '.join((*LISTS, _REASONS))}."
            self.problems.say("P207", f"a pack leaves {name} alone", node.at, hint)

    # --- adding -----------------------------------------------------------------------------------

    def _list_file(self, name: str, node: Node, own: dict[str, At]) -> None:
        """Add the entries of a file that is one list, and put others in their places."""
        if not isinstance(node, MappingNode):
            self.problems.say("K107", "the file must be a mapping", node.at)
            return
        lists = (*LISTS.get(name, ()), *_FURTHER_LISTS.get(name, ()))
        if name == _REASONS:
            lists = ("moot", "reasons")
        for key, (scalar, _) in node.entries.items():
            if key not in lists:
                hint = f"Packs may add to {', '.join(lists)}."
                self.problems.say("P207", f"a pack leaves '{key}' alone", scalar.at, hint)
        rest = self._topic(name, node, own)
        for key in lists:
            items = rest.get(key) if isinstance(rest, MappingNode) else None
            if isinstance(items, NodeSequence):
                self._edit(name, (), _adding(key, items.items))
            elif isinstance(items, MappingNode):
                self._reasons(items)

    def _reasons(self, added: MappingNode) -> None:
        known = self.nodes[_REASONS]
        held = known.get("reasons") if isinstance(known, MappingNode) else None
        before = held.entries if isinstance(held, MappingNode) else {}
        for key, (scalar, _) in added.entries.items():
            taken = before[key][0].at if key in before else self.defined.get(f"reasons.{key}")
            if taken is not None:
                hint = "Give it another id; one id never means two things."
                self.problems.say("K207", f"'{key}' stands twice", scalar.at, hint, taken)
                return
            self.defined[f"reasons.{key}"] = scalar.at
        new = added.entries
        self._edit(_REASONS, ("reasons",), lambda old: _with_pairs(old, new))

    def _topic(self, name: str, node: Node, own: dict[str, At]) -> Node:
        """Return what a file of a pack adds, without what it puts in the place of other entries."""
        taken_out: dict[Path, list[Edit]] = {}
        single = isinstance(node, MappingNode) and node.get("indicator") is not None
        for entry in entries_of(name, node):
            if entry.kind == NORM and (single or len(entry.path) > 2):
                continue  # belongs to an indicator of its own
            replaces, of = entry.scalar("replaces"), entry.scalar("of")
            if replaces is not None:
                self._replace(entry, replaces)
                stays = False
            elif entry.kind == NORM and of is not None:
                self._add_norm(entry, of)
                stays = False
            else:
                stays = self._add(entry, own)
            if not stays:
                taken_out[entry.path] = [lambda _: None]
        return edited(node, taken_out) or node

    def _add(self, entry: Entry, own: dict[str, At]) -> bool:
        """Note an entry that a pack adds; False where its id is taken."""
        if not entry.id:
            return True  # its reader says so
        if entry.id in self.shipped:
            hint = f"Give it another id, or write replaces: {entry.id} instead of the id."
            place = self.shipped[entry.id][1].at
            message = f"'{entry.id}' is there already"
            self.problems.say("P202", message, entry.at, hint, place)
            return False
        if entry.id in self.defined:
            hint = "Use one of the packs, or give the entry of one another id."
            message = f"two packs add '{entry.id}'"
            self.problems.say("P205", message, entry.at, hint, self.defined[entry.id])
            return False
        own[entry.id] = entry.at
        self.added.append(entry.id)
        return True

    def _add_norm(self, entry: Entry, of: Scalar) -> None:
        """Add a norm to an indicator that is there."""
        name, indicator = self.shipped.get(of.text or "", ("", None))
        if indicator is None or indicator.kind != INDICATOR:
            hint = nearest(of.text or "", self._ids(INDICATOR))
            self.problems.say("P203", f"there is no indicator '{of.text}'", of.at, hint)
            return
        local = entry.scalar("id")
        whole = f"{indicator.id}.{local.text if local else ''}"
        if whole in self.shipped or whole in self.defined:
            place = self.shipped[whole][1].at if whole in self.shipped else self.defined[whole]
            hint = f"Give it another id, or write replaces: {whole} instead of id and of."
            self.problems.say("P202", f"'{whole}' is there already", entry.at, hint, place)
            return
        self.defined[whole] = entry.at
        self.added.append(whole)
        norm = without(entry.node, "of")
        holder = indicator.path if indicator.path != ("indicator",) else ()
        self._edit(name, holder, lambda old: with_items(old, "norms", [norm]))

    # --- replacing and switching off --------------------------------------------------------------

    def _replace(self, entry: Entry, target: Scalar) -> None:
        """Put an entry of a pack in the place of another one, whose id it takes."""
        id_ = target.text or ""
        name, old = self.shipped.get(id_, ("", None))
        if old is None:
            hint = nearest(id_, self._ids(entry.kind)) or "diagnost list names all entries."
            self.problems.say("P203", f"there is no {entry.kind} '{id_}'", target.at, hint)
            return
        if not self._fits(entry, old, target):
            return
        new = without(entry.node, "replaces")
        named = old.scalar("id")
        if named is not None:
            new = with_value(new, "id", Scalar(named.text, target.at))
        if entry.kind == NORM and "where" in entry.node.entries:
            self.varied[id_] = target.at
            self.replaced += [id_] * (id_ not in self.replaced)
            self._edit(name, old.path, lambda norm: with_items(norm, "variants", [new]))
            return
        if not self._touch(id_, "replaced", target.at, old.kind):
            return
        self.replaced.append(id_)
        norms = new.get("norms")
        if old.path == ("indicator",):  # its norms stand beside it
            bare = without(new, "norms")
            self._edit(name, old.path, lambda _: bare)
            if norms is not None:
                self._edit(name, (), lambda topic: _with(topic, "norms", norms))
            return
        kept = old.node.get("norms")
        if norms is None and kept is not None:
            new = with_value(new, "norms", kept)
        self._edit(name, old.path, lambda _: new)

    def _fits(self, entry: Entry, old: Entry, target: Scalar) -> bool:
        """Say whether an entry can stand in the place of another one."""
        own = entry.scalar("id")
        local = old.id.rpartition(".")[2]
        if entry.kind != old.kind:
            message = f"'{old.id}' is of the kind {old.kind}: no {entry.kind} can replace it"
            self.problems.say(
                "P204",
                message,
                target.at,
                f"Put it into the list where entries of the kind {old.kind} stand.",
                old.at,
            )
        elif entry.path == ("indicator",):
            hint = "Put it into a list: indicators: [{replaces: …}], with its norms inside."
            self.problems.say("P204", "the indicator of a topic replaces no other", target.at, hint)
        elif own is not None and own.text not in (local, old.id):
            hint = f"Leave id out: what replaces '{old.id}' bears its id."
            self.problems.say("P204", f"'{own.text}' is another id", own.at, hint)
        else:
            return True
        return False

    def _switch_off(self, id_: str, at: At) -> None:
        name, old = self.shipped.get(id_, ("", None))
        if old is None:
            hint = nearest(id_, self.shipped) or "diagnost list names all entries."
            self.problems.say("P206", f"there is no entry '{id_}' to switch off", at, hint)
            return
        if not self._touch(id_, "switched off", at, old.kind):
            return
        if old.path == ("indicator",):
            self._edit(name, (), _without_indicator)
        else:
            self._edit(name, old.path, lambda _: None)

    def _touch(self, id_: str, what: str, at: At, kind: str) -> bool:
        """Note that an entry is changed; False where another change of it stands somewhere."""
        before = self.touched.get(id_)
        if before is None:
            self.touched[id_] = _Touch(what, at, kind)
            return True
        how = f"{what} twice" if what == before.what else f"{what} here and {before.what} elsewhere"
        hint = "Use one of the packs, or take the entry out of one."
        self.problems.say("P205", f"'{id_}' is {how}", at, hint, before.at)
        return False

    def _check_within(self) -> None:
        """Note norms that are changed both by themselves and with their indicator."""
        norms = {id_: t.at for id_, t in self.touched.items() if t.kind == NORM}
        for id_, at in {**self.varied, **norms}.items():
            whole = self.touched.get(id_.rpartition(".")[0]) or (
                self.touched.get(id_) if id_ in self.varied else None
            )
            if whole is not None and whole.at != at:
                message = f"'{id_}' is changed, and also {whole.what} as a whole"
                hint = "Use one of the packs, or bring the norm with its indicator."
                self.problems.say("P205", message, at, hint, whole.at)

    # --- small things -----------------------------------------------------------------------------

    def _ids(self, kind: str) -> list[str]:
        return [id_ for id_, (_, entry) in self.shipped.items() if entry.kind == kind]

    def _edit(self, name: str, path: Path, edit: Edit) -> None:
        self.edits.setdefault(name, {}).setdefault(path, []).append(edit)


def _with(node: Node, key: str, value: Node) -> Node:
    return with_value(node, key, value) if isinstance(node, MappingNode) else node


def _adding(key: str, items: Sequence[Node]) -> Edit:
    return lambda node: with_items(node, key, items)


def _without_indicator(node: Node) -> Node:
    return without(node, "indicator", "norms") if isinstance(node, MappingNode) else node


def _with_pairs(node: Node, pairs: Mapping[str, tuple[Scalar, Node]]) -> Node:
    return (
        MappingNode({**node.entries, **pairs}, node.at) if isinstance(node, MappingNode) else node
    )
