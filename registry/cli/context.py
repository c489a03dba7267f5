"""What commands share: the configuration, the database, the time, and errors as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from config import Config, ConfigError
from registry import schema
from registry.db import Sessions, make_engine, make_sessions
from registry.domain.errors import RegistryError
from registry.messages import say
from search_index.errors import IndexBusy

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


class Faults(click.Group):
    """A group whose commands end with a sentence and exit code 2 where a person can mend the fault."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            raise Refused(str(error)) from error
        except RegistryError as error:
            raise Refused(say(error)) from error
        except IndexBusy as error:
            raise Refused("Một tiến trình khác đang tạo hoặc đang ghi chỉ mục tìm kiếm. "
                          "Hãy đợi nó xong rồi chạy lại.") from error


class Refused(click.ClickException):
    """The command cannot do what is asked; its message says what to do."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print the sentence, without the word "Error"."""
        click.echo(self.format_message(), err=True)


def now() -> datetime:
    """Return the moment, in the time of Viet Nam."""
    return datetime.now(HANOI)


@contextmanager
def database(config: Config | None = None, *, at_head: bool = True) -> Iterator[Sessions]:
    """Open the configured database.

    Raises:
        Refused: its schema is not the one that this version needs.
    """
    engine = make_engine((config or Config.from_env()).database_url)
    try:
        if at_head and schema.current(engine) != schema.head():
            raise Refused("Cơ sở dữ liệu chưa ở phiên bản của chương trình. Hãy chạy: sovanban db upgrade")
        yield make_sessions(engine)
    finally:
        engine.dispose()
