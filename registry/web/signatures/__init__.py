"""What the pages say of digital signatures (chữ ký số), and checking them again."""

from registry.web.signatures.views import bp

__all__ = ["bp"]
