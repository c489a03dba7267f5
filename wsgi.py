"""What a WSGI server loads: ``wsgi:app``."""

from config import Config
from registry.app import create_app

app = create_app(Config.from_env())
