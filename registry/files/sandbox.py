"""What the reading process gives up before it opens a foreign file. Each part where the system knows it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import sys
from pathlib import Path
from types import ModuleType

from registry.files.values import Limits

resource: ModuleType | None
try:
    import resource
except ModuleNotFoundError:  # Windows: the parent's clock is the only limit
    resource = None

_MEGABYTE = 1 << 20
_LONGEST_FILE_MB = 512
_OPEN_FILES = 512  # LibreOffice needs some hundred
_NEW_USERS, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET


def limit(limits: Limits, *, seconds: float) -> None:
    """Limit this process and those it starts: memory, size of a written file, open files, ``seconds`` of CPU from now."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = int(used.ru_utime + used.ru_stime + seconds) + 1
    wanted = {
        resource.RLIMIT_AS: limits.memory_mb * _MEGABYTE,
        resource.RLIMIT_FSIZE: _LONGEST_FILE_MB * _MEGABYTE,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_CPU: cpu,
        resource.RLIMIT_CORE: 0,
    }
    for kind, soft in wanted.items():
        _soften(resource, kind, soft)


def allow_memory(megabytes: int) -> None:
    """Raise the limit of memory, for a program that maps far more than it uses; call in the forked process."""
    if resource is not None:
        _soften(resource, resource.RLIMIT_AS, megabytes * _MEGABYTE)


def _soften(system: ModuleType, kind: int, soft: int) -> None:
    hard = system.getrlimit(kind)[1]
    system.setrlimit(kind, (soft if hard == system.RLIM_INFINITY else min(soft, hard), hard))


def close_network() -> None:
    """Take the network away: in a namespace without one on Linux, and from Python's sockets everywhere."""
    if sys.platform == "linux":
        _leave_network()
    sys.addaudithook(_refuse_network)


def _leave_network() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) == 0:
        return
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_USERS | _NEW_NETWORK) == 0:  # where people may make namespaces of their own
        with contextlib.suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    local = getattr(socket, "AF_UNIX", None)
    if event == "socket.__new__" and arguments[1] != local:
        raise PermissionError("the reading process has no network")
    if event in {"socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"}:
        raise PermissionError("the reading process has no network")
