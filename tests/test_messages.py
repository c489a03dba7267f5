"""Every fault that a person can cause has its own sentence."""

from __future__ import annotations

import importlib
import pkgutil

import registry
from registry.domain.errors import RegistryError
from registry.messages import say


def _kinds(root: type[RegistryError]) -> list[type[RegistryError]]:
    return [kind for each in root.__subclasses__() for kind in (each, *_kinds(each))]


def test_every_fault_a_person_can_cause_has_a_sentence():
    for module in pkgutil.walk_packages(registry.__path__, "registry."):
        if not module.name.startswith(("registry.web", "registry.cli", "registry.app", "registry.__main__")):
            importlib.import_module(module.name)
    silent = [kind.__name__ for kind in _kinds(RegistryError) if say.dispatch(kind) is say.dispatch(RegistryError)]
    assert not silent

