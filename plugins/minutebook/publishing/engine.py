"""Jinja for one language and many pages: what no page changes is worked out when a template is compiled."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from datetime import date
from typing import Any

from jinja2 import BaseLoader, Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_PARAMETER
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

_PLAIN = (int, float, date)
_needs_escaping = re.compile("[&<>\"']").search


class _Wording(NodeTransformer):
    """Puts the words of the language in the place of each call that would look them up.

    What is left of `_("%(n)s votes", n=…)` is the formatting. Plurals depend on a number and are looked up
    when the page is made.
    """

    def __init__(self, translate: Callable[[str], str]) -> None:
        self._translate = translate

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        named = isinstance(node.node, nodes.Name) and node.node.name in ("_", "gettext")
        if not named or len(node.args) != 1 or not isinstance(node.args[0], nodes.Const):
            return node
        text = self._translate(node.args[0].value)
        if not node.kwargs:
            return nodes.MarkSafe(nodes.Const(text % {}))
        values = [nodes.Pair(nodes.Const(each.key), each.value) for each in node.kwargs]
        return nodes.Mod(nodes.MarkSafe(nodes.Const(text)), nodes.Dict(values))


class _Including(NodeTransformer):
    """Puts what a template includes in its place, with its variables for itself, as an include has them."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(name, str) or node.ignore_missing or not node.with_context:
            return node
        assert self._environment.loader
        source, file, _ = self._environment.loader.get_source(self._environment, name)
        part = self._environment.parse(source, name, file)
        return nodes.Scope(self.visit(part).body)


class _Generator(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        assert isinstance(self.environment, Engine)
        _Including(self.environment).visit(node)
        _Wording(self.environment.translate).visit(node)
        super().visit_Template(node, frame)

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802
        """A block is handed up as one piece: in Jinja each of hundreds goes up every step by itself."""
        if frame.toplevel or frame.buffer or node.scoped or node.required:
            super().visit_Block(node, frame)
        else:
            context = self.get_context_ref()
            self.writeline(f"yield ''.join(context.blocks[{node.name!r}][0]({context}))", node)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """`row.amount` is asked of a dictionary at once where `row` is a variable of a loop or a macro."""
        if not isinstance(node.node, nodes.Name) or not self._is_given(node.node, frame):
            super().visit_Getattr(node, frame)
            return
        name, key = frame.symbols.ref(node.node.name), repr(node.attr)
        self.write(f"({name}[{key}] if type({name}) is dict and {key} in {name} else ")
        super().visit_Getattr(node, frame)
        self.write(")")

    def _is_given(self, name: nodes.Name, frame: Frame) -> bool:
        ref = frame.symbols.ref(name.name)
        how = (frame.symbols.find_load(ref) or ("",))[0]
        return how == VAR_LOAD_PARAMETER and not self.parameter_is_undeclared(ref)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class Engine(Environment):
    """A template engine that speaks one language.

    Templates come from `loader` and do not change while it lives; `settings` are Jinja's own. `translate`
    gives the words of the language for a message, `many` for a singular, a plural and a number.
    """

    code_generator_class = _Generator

    def __init__(
        self,
        loader: BaseLoader,
        settings: Mapping[str, Any],
        translate: Callable[[str], str],
        many: Callable[[str, str, int], str],
    ) -> None:
        self.translate = translate
        self.new = False
        """Whether nothing is compiled yet, and there is a cache to keep it in."""
        self._found: dict[str, Template] = {}
        super().__init__(**{**settings, "loader": loader, "auto_reload": False})
        self.add_extension("jinja2.ext.i18n")
        self.install_gettext_callables(translate, many, newstyle=True)  # type: ignore[attr-defined]

    @staticmethod
    def escaped(value: Any) -> str:
        """What is shown of a value. Nearly all text needs nothing escaped, and finding that out is quick."""
        kind = type(value)
        if kind is Markup or (kind is str and not _needs_escaping(value)):
            return value  # type: ignore[no-any-return]
        return str(value) if kind in _PLAIN else escape(value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that every template knows; a plain dictionary, which is copied for every page."""
        return {**self.globals, **d} if d else self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute`. Views are dictionaries, and Jinja would look at their methods first."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def make_ready(self) -> None:
        """Compile every template that a page uses, into the cache."""
        for name in self.list_templates(extensions=["html"]):
            if "/components/" not in name:
                self.get_template(name)

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:
        """A template, found once: a page includes a dozen."""
        if globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        if name not in self._found:
            self._found[name] = super().get_template(name, parent)
        return self._found[name]
