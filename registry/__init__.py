"""Sổ văn bản: the register and tracker of an office's official documents."""
