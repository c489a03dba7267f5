"""Keep which deadlines in a text a person dismissed, and the task of an obligation as it is searched.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dismissed_deadlines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("words_key", sa.String(300), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dismissed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["dismissed_by_id"], ["users.id"], name="fk_dismissed_deadlines_dismissed_by_id_users"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_dismissed_deadlines_document_id_documents"),
        sa.PrimaryKeyConstraint("id", name="pk_dismissed_deadlines"),
        sa.UniqueConstraint("document_id", "words_key", name="uq_dismissed_deadlines_document_id_words_key"))
    op.add_column("obligations", sa.Column("task_key", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("obligations") as obligations:
        obligations.alter_column("task_key", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("obligations") as obligations:
        obligations.drop_column("task_key")
    op.drop_table("dismissed_deadlines")
