"""Pages: each package of views parses, calls one service, renders."""
