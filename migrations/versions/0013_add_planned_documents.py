"""Add work programmes: the documents planned for a period.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_INDEXES = (["due_on", "id"], ["state", "due_on", "id"], ["unit_id", "due_on"], ["user_id", "due_on"],
            ["document_id"], ["directive_id"])


def upgrade() -> None:
    op.create_table(
        "planned_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_key", sa.Text(), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("carried_from_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('planned', 'drafting', 'issued', 'carried', 'dropped')",
                           name="ck_planned_documents_state"),
        sa.CheckConstraint("document_id IS NULL OR state = 'issued'", name="ck_planned_documents_issued_by_document"),
        *(sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_planned_documents_{column}_{table}")
          for column, table in (("kind_id", "kinds"), ("issuer_id", "organisations"), ("unit_id", "units"),
                                ("user_id", "users"), ("directive_id", "documents"), ("document_id", "documents"),
                                ("carried_from_id", "planned_documents"), ("created_by_id", "users"))),
        sa.PrimaryKeyConstraint("id", name="pk_planned_documents"))
    for columns in _INDEXES:
        op.create_index(f"ix_planned_documents_{'_'.join(columns)}", "planned_documents", columns)
    op.create_index("ix_planned_documents_carried_from_id", "planned_documents", ["carried_from_id"], unique=True)


def downgrade() -> None:
    op.drop_table("planned_documents")
