"""Serving the pages."""

from __future__ import annotations

import gc
import logging
import socket
import threading

import click
import waitress

from config import Config
from registry import scheduler
from registry.cli.context import Refused, database, now
from registry.cli.database import prepare, show_users
from registry.db import make_engine, make_sessions
from registry.follower import Follower
from registry.reader import FileReader
from registry.services import demo as demo_office
from registry.services import users
from registry.services.indexing import index_folder

_THREADS = 8


_host = click.option("--host", default="127.0.0.1", show_default=True,
                     help="Địa chỉ lắng nghe; 0.0.0.0 để các máy khác trong mạng mở được.")
_port = click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Cổng.")


@click.command()
@_host
@_port
@click.option("--demo", "with_demo", is_flag=True, help="Nạp cơ quan mẫu nếu cơ sở dữ liệu còn trống.")
def serve(host: str, port: int, with_demo: bool) -> None:
    """Chạy trên một máy: mọi thứ trong một tiến trình, không cần cài gì thêm.

    Tự tạo thư mục dữ liệu, tự đưa cơ sở dữ liệu lên phiên bản mới. Ctrl+C để dừng.

    \b
    Ví dụ: sovanban serve --demo              xem thử với cơ quan mẫu
           sovanban serve --host 0.0.0.0      cho cả phòng dùng
    """
    config = Config.from_env()
    _check_free(host, port)
    prepare(config)
    with database(config) as sessions:
        if with_demo:
            made = demo_office.load(sessions, at=now())
            if made:
                show_users(made)
        if not users.any_exists(sessions):
            click.echo("Chưa có người dùng: trang đầu tiên sẽ tạo người quản trị.")
    _run(config, host, port, with_jobs=True)


@click.command()
@_host
@_port
def web(host: str, port: int) -> None:
    """Chạy một tiến trình phục vụ trang, trên máy chủ với PostgreSQL.

    Không tự nâng cấp cơ sở dữ liệu: chạy `sovanban db upgrade` trước. Có thể chạy nhiều tiến trình.
    """
    config = Config.from_env()
    with database(config):
        pass
    _check_free(host, port)
    _run(config, host, port, with_jobs=False)


@click.command()
def worker() -> None:
    """Chạy các việc định kỳ, đọc tệp và giữ chỉ mục tìm kiếm, trên máy chủ, bên cạnh `sovanban web`.

    Có thể chạy nhiều tiến trình: mỗi việc chỉ một tiến trình làm, việc lỡ trong lúc tắt máy được làm bù một lần.
    `sovanban serve` đã gồm sẵn.
    """
    config = Config.from_env()
    with database(config) as sessions:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        follower = Follower(sessions, index_folder(config.data), config.search_engine)
        follower.start()
        reader = FileReader(sessions, config, holder=scheduler.holder_name(), clock=now)
        reader.start()
        scheduled = scheduler.start(sessions, config)
        click.echo("Đang chạy các việc định kỳ. Ctrl+C để dừng.")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo("Đang dừng…")
        finally:
            scheduled.shutdown()
            reader.stop()
            follower.stop()


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(f"Không dùng được {host}:{port} ({error.strerror}). Chọn cổng khác với --port.") from error


def _run(config: Config, host: str, port: int, *, with_jobs: bool) -> None:
    from registry.app import create_app

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = create_app(config)
    gc.freeze()  # what is loaded stays: looking through it for garbage, 0.15 s now and then, held up pages and saves
    engine = make_engine(config.database_url)
    follower = Follower(make_sessions(engine), index_folder(config.data), config.search_engine)
    follower.start()
    scheduled = scheduler.start(make_sessions(engine), config) if with_jobs else None
    reader = FileReader(make_sessions(engine), config, holder=scheduler.holder_name(), clock=now) if with_jobs else None
    if reader is not None:
        reader.start()
    click.echo(f"Sổ văn bản: http://{host}:{port}   (Ctrl+C để dừng)")
    try:
        waitress.serve(app, host=host, port=port, threads=_THREADS, ident=None, clear_untrusted_proxy_headers=True,
                       max_request_body_size=(config.max_upload_mb + 5) * 1024 * 1024)
    finally:
        if scheduled is not None:
            scheduled.shutdown()
        if reader is not None:
            reader.stop()
        follower.stop()
        engine.dispose()
