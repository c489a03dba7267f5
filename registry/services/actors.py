"""Who asks: a signed-in person, or a command at the machine."""

from __future__ import annotations

from dataclasses import dataclass

from registry.domain.roles import Permission, Role, may


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a use case, and where they sit; what the audit trail records."""

    id: int | None
    name: str
    role: Role
    address: str = ""

    def may(self, permission: Permission) -> bool:
        """Tell whether the actor has ``permission``."""
        return may(self.role, permission)


def at_the_machine(role: Role = Role.CLERK) -> Actor:
    """Return the actor of a command typed on the server itself."""
    return Actor(id=None, name="dòng lệnh", role=role, address="local")
