"""Add case files with their documents and notices; index the few rows that dashboards count.

Revision ID: 0012
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None

_FEW = (("ix_documents_duplicates", "documents", ["listed_on", "id"], "duplicate_rank > 0"),
        ("ix_book_entries_reserved", "book_entries", ["book_id", "year"], "state = 'reserved'"))


def _foreign(table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{referred}.id"], name=f"fk_{table}_{column}_{referred}")


def upgrade() -> None:
    op.create_table(
        "case_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(50), nullable=False),
        sa.Column("code_key", sa.String(50), nullable=False),
        sa.Column("heading", sa.String(300), nullable=False),
        sa.Column("title", sa.String(1000), nullable=False),
        sa.Column("title_key", sa.String(1000), nullable=False),
        sa.Column("retention_years", sa.Integer(), nullable=True),
        sa.Column("construction", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(50), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("hand_over_on", sa.Date(), nullable=True),
        sa.Column("kept_back_reason", sa.String(500), nullable=False),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("handed_over_note", sa.String(500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'closed', 'handed_over')", name="ck_case_files_state"),
        sa.CheckConstraint("state = 'open' OR ended_on IS NOT NULL", name="ck_case_files_closed_has_end"),
        _foreign("case_files", "unit_id", "units"),
        _foreign("case_files", "user_id", "users"),
        _foreign("case_files", "created_by_id", "users"),
        sa.PrimaryKeyConstraint("id", name="pk_case_files"),
        sa.UniqueConstraint("year", "code_key", name="uq_case_files_year_code_key"))
    op.create_index("ix_case_files_state_hand_over_on_id", "case_files", ["state", "hand_over_on", "id"])
    op.create_index("ix_case_files_unit_id", "case_files", ["unit_id"])
    op.create_index("ix_case_files_user_id", "case_files", ["user_id"])
    op.create_table(
        "case_file_documents",
        sa.Column("case_file_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        _foreign("case_file_documents", "case_file_id", "case_files"),
        _foreign("case_file_documents", "document_id", "documents"),
        _foreign("case_file_documents", "added_by_id", "users"),
        sa.PrimaryKeyConstraint("case_file_id", "document_id", name="pk_case_file_documents"))
    op.create_index("ix_case_file_documents_case_file_id_position_document_id", "case_file_documents",
                    ["case_file_id", "position", "document_id"])
    op.create_index("ix_case_file_documents_document_id", "case_file_documents", ["document_id"])
    op.create_table(
        "hand_over_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_file_id", sa.Integer(), nullable=False),
        sa.Column("hand_over_on", sa.Date(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _foreign("hand_over_notices", "case_file_id", "case_files"),
        _foreign("hand_over_notices", "user_id", "users"),
        _foreign("hand_over_notices", "message_id", "messages"),
        sa.PrimaryKeyConstraint("id", name="pk_hand_over_notices"),
        sa.UniqueConstraint("case_file_id", "hand_over_on", "user_id",
                            name="uq_hand_over_notices_case_file_id_hand_over_on_user_id"))
    op.create_index("ix_hand_over_notices_message_id", "hand_over_notices", ["message_id"])
    for name, table, columns, where in _FEW:
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, table, _columns, _where in _FEW:
        op.drop_index(name, table)
    op.drop_table("hand_over_notices")
    op.drop_table("case_file_documents")
    op.drop_table("case_files")
