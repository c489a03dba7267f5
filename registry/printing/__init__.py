"""Pages and tables for people: PDF, Word, Excel and CSV. Knows values, not the database."""
