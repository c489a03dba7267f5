"""Every fault that a person can cause has its own sentence."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import registry
from registry.domain.errors import NotPossible, RegistryError
from registry.messages import say


def _kinds(root: type[RegistryError]) -> list[type[RegistryError]]:
    return [kind for each in root.__subclasses__() for kind in (each, *_kinds(each))]


def test_every_fault_a_person_can_cause_has_a_sentence():
    for module in pkgutil.walk_packages(registry.__path__, "registry."):
        if not module.name.startswith(("registry.web", "registry.cli", "registry.app", "registry.__main__")):
            importlib.import_module(module.name)
    silent = [kind.__name__ for kind in _kinds(RegistryError) if say.dispatch(kind) is say.dispatch(RegistryError)]
    assert not silent


def test_every_reason_why_something_is_not_possible_has_a_sentence(put_together):
    package = Path(registry.__file__).parent
    codes = {code for path in package.rglob("*.py") for code in re.findall(
        r"""NotPossible\(\s*"(\w+)\"""", path.read_text(encoding="utf-8"))}
    assert len(codes) > 60
    with put_together.test_request_context():
        any_other = say(NotPossible("no such code"))
        assert [code for code in sorted(codes) if say(NotPossible(code)) == any_other] == []
