"""What a WSGI server loads: ``wsgi:app``."""

from registry.app import create_app

from config import Config

app = create_app(Config.from_env())
