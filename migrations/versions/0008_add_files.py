"""Add files of documents, their texts and the batches that they come in.

Revision ID: 0008
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stored_files"),
        sa.UniqueConstraint("sha256", name="uq_stored_files_sha256"))
    with op.batch_alter_table("document_texts") as texts:
        texts.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        texts.create_foreign_key(op.f("fk_document_texts_file_id_stored_files"), "stored_files", ["file_id"], ["id"])
    _add_attachments()
    op.create_table(
        "file_texts",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("needs_ocr", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("done_pages", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(100), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'stopped', 'reading', 'done', 'failed')", name=op.f("ck_file_texts_state")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name="fk_file_texts_file_id_stored_files"),
        sa.PrimaryKeyConstraint("file_id", name="pk_file_texts"))
    op.create_index("ix_file_texts_state_needs_ocr_file_id", "file_texts", ["state", "needs_ocr", "file_id"])
    op.create_table(
        "signature_checks",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdicts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name="fk_signature_checks_file_id_stored_files"),
        sa.PrimaryKeyConstraint("file_id", name="pk_signature_checks"))
    _add_batches()


def _add_attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("draft", sa.String(36), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_reason", sa.String(500), nullable=False),
        sa.CheckConstraint("role IN ('main', 'annex')", name=op.f("ck_attachments_role")),
        sa.CheckConstraint("document_id IS NOT NULL OR draft IS NOT NULL", name=op.f("ck_attachments_belongs")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_attachments_document_id_documents"),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name="fk_attachments_file_id_stored_files"),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["attachments.id"], name="fk_attachments_replaced_by_id_attachments"),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["users.id"], name="fk_attachments_uploaded_by_id_users"),
        sa.ForeignKeyConstraint(["removed_by_id"], ["users.id"], name="fk_attachments_removed_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"))
    for column in ("document_id", "file_id", "draft"):
        op.create_index(f"ix_attachments_{column}", "attachments", [column])


def _add_batches() -> None:
    op.create_table(
        "intake_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("archive_sha256", sa.String(64), nullable=False),
        sa.Column("fault", sa.String(40), nullable=False),
        sa.Column("holder", sa.String(100), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('unpacking', 'open', 'stopped', 'closed')", name=op.f("ck_intake_batches_state")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name="fk_intake_batches_created_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_intake_batches"))
    op.create_index("ix_intake_batches_created_by_id_id", "intake_batches", ["created_by_id", "id"])
    op.create_table(
        "intake_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("fault", sa.String(40), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.CheckConstraint("outcome IN ('', 'attached', 'dismissed')", name=op.f("ck_intake_items_outcome")),
        sa.ForeignKeyConstraint(["batch_id"], ["intake_batches.id"], name="fk_intake_items_batch_id_intake_batches"),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachments.id"], ondelete="SET NULL",
                                name="fk_intake_items_attachment_id_attachments"),
        sa.PrimaryKeyConstraint("id", name="pk_intake_items"),
        sa.UniqueConstraint("batch_id", "position", name="uq_intake_items_batch_id_position"))


def downgrade() -> None:
    for table in ("intake_items", "intake_batches", "signature_checks", "file_texts", "attachments"):
        op.drop_table(table)
    with op.batch_alter_table("document_texts") as texts:
        texts.drop_constraint("fk_document_texts_file_id_stored_files", type_="foreignkey")
        texts.drop_column("file_id")
    op.drop_table("stored_files")
