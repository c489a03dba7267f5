"""Case files (hồ sơ): lists, one file with its documents, changes, and what is printed of them."""

from registry.web.case_files import choosing, exports, one, views
from registry.web.case_files.blueprint import bp

__all__ = ["bp", "choosing", "exports", "one", "views"]
