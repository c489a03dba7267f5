"""The domain core: pure Python, no Flask, no SQLAlchemy, no clock, no I/O."""
