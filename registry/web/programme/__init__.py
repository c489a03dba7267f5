"""Work programmes (chương trình công tác): lists, pages and changes of planned documents."""

from registry.web.programme import bulk, one, pasted, views
from registry.web.programme.blueprint import bp

__all__ = ["bp", "bulk", "one", "pasted", "views"]
