"""Search over the register's documents. Deliberately empty: importing ``text`` must not load an engine."""
