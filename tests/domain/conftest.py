"""Nothing but pure Python here: no application, no database. Time limits per example mislead on a busy machine."""

from hypothesis import settings

settings.register_profile("domain", deadline=None)
settings.load_profile("domain")
