"""Add the day and the unit by which reports count documents, drafts of reports, and the office's own forms.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in batch mode: copying the table would drop it, and with it what links point to.
    op.execute("ALTER TABLE documents ADD COLUMN counted_on DATE NOT NULL DEFAULT '1945-01-01'")
    op.execute("ALTER TABLE documents ADD COLUMN unit_id INTEGER CONSTRAINT fk_documents_unit_id_units "
               "REFERENCES units (id)")
    op.execute("UPDATE documents SET counted_on = CASE WHEN direction = 'incoming' AND received_on IS NOT NULL "
               "THEN received_on ELSE listed_on END")
    # As fully named; what names a unit in other words is read when the document is next saved.
    op.execute("UPDATE documents SET unit_id = (SELECT min(units.id) FROM units WHERE units.name = "
               "CASE WHEN direction = 'incoming' THEN handed_to ELSE archive_unit END) "
               "WHERE direction <> 'external'")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE documents ALTER COLUMN counted_on DROP DEFAULT")
    op.create_index("ix_documents_counted", "documents", [
        "status", "direction", "counted_on", "restricted", "kind_id", "unit_id", "issuer_id", "received_on",
        "handed_on"])
    undated = sa.text("issued_on IS NULL")
    op.create_index("ix_documents_undated", "documents", ["direction", "counted_on"], sqlite_where=undated,
                    postgresql_where=undated)
    op.add_column("obligations", sa.Column("given_on", sa.Date(), nullable=True))
    op.execute("UPDATE obligations SET given_on = (SELECT COALESCE(received_on, listed_on) FROM documents "
               "WHERE documents.id = obligations.document_id)")
    op.create_table(
        "report_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(300), nullable=False),
        sa.Column("head", sa.JSON(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_report_drafts_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_report_drafts"),
        sa.UniqueConstraint("user_id", "request_key", name="uq_report_drafts_user_id_request_key"))
    op.create_table(
        "office_forms",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["users.id"], name="fk_office_forms_uploaded_by_id_users"),
        sa.PrimaryKeyConstraint("name", name="pk_office_forms"))


def downgrade() -> None:
    op.drop_table("office_forms")
    op.drop_table("report_drafts")
    op.drop_column("obligations", "given_on")
    op.drop_index("ix_documents_undated", "documents")
    op.drop_index("ix_documents_counted", "documents")
    op.drop_column("documents", "unit_id")  # with what it refers to
    op.drop_column("documents", "counted_on")
