"""Add what reading a text links, what waits for a person, validity marks, and the office's own laws.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("citations") as citations:
        citations.add_column(sa.Column("origin", sa.String(5), nullable=False, server_default="typed"))
        citations.add_column(sa.Column("relation_read", sa.String(30), nullable=True))
        citations.add_column(sa.Column("start", sa.Integer(), nullable=True))
        citations.add_column(sa.Column("end", sa.Integer(), nullable=True))
        citations.add_column(sa.Column("quote", sa.String(300), nullable=False, server_default=""))
        citations.add_column(sa.Column("locator", sa.String(200), nullable=False, server_default=""))
        citations.add_column(sa.Column("doubtful", sa.Boolean(), nullable=False, server_default=sa.false()))
        for done in ("confirmed", "dismissed"):
            citations.add_column(sa.Column(f"{done}_at", sa.DateTime(timezone=True), nullable=True))
            citations.add_column(sa.Column(f"{done}_by_id", sa.Integer(), nullable=True))
            citations.create_foreign_key(
                op.f(f"fk_citations_{done}_by_id_users"), "users", [f"{done}_by_id"], ["id"])
        citations.create_check_constraint(op.f("ck_citations_origin"), "origin IN ('typed', 'read')")
    with op.batch_alter_table("citations") as citations:
        for name in ("origin", "quote", "locator", "doubtful"):
            citations.alter_column(name, server_default=None)
    _add_waiting()
    _add_validity()
    op.create_table(
        "known_laws",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_known_laws"),
        sa.UniqueConstraint("number", name="uq_known_laws_number"))


def _add_waiting() -> None:
    op.create_table(
        "waiting_citations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citing_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("kind", sa.String(100), nullable=False),
        sa.Column("number", sa.String(100), nullable=False),
        sa.Column("number_key", sa.String(100), nullable=True),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("relation", sa.String(30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(5), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("quote", sa.String(300), nullable=False),
        sa.Column("locator", sa.String(200), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("cited_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_citations"),
        sa.CheckConstraint("state IN ('waiting', 'decided', 'dismissed')", name=op.f("ck_waiting_citations_state")),
        sa.ForeignKeyConstraint(["citing_id"], ["documents.id"], name="fk_waiting_citations_citing_id_documents"),
        sa.ForeignKeyConstraint(["cited_id"], ["documents.id"], name="fk_waiting_citations_cited_id_documents"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name="fk_waiting_citations_decided_by_id_users"))
    for columns in (["citing_id"], ["number_key", "state"], ["state", "id"]):
        op.create_index(f"ix_waiting_citations_{'_'.join(columns)}", "waiting_citations", columns)


def _add_validity() -> None:
    op.create_table(
        "validity_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("by_document_id", sa.Integer(), nullable=True),
        sa.Column("effect", sa.String(10), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("origin", sa.String(6), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dismissed_by_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_validity_marks"),
        sa.CheckConstraint("effect IN ('replaced', 'repealed', 'partly', 'amended', 'suspended')",
                           name=op.f("ck_validity_marks_effect")),
        sa.CheckConstraint("origin IN ('person', 'read')", name=op.f("ck_validity_marks_origin")),
        sa.UniqueConstraint("document_id", "by_document_id", "effect",
                            name="uq_validity_marks_document_id_by_document_id_effect"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_validity_marks_document_id_documents"),
        sa.ForeignKeyConstraint(["by_document_id"], ["documents.id"],
                                name="fk_validity_marks_by_document_id_documents"),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["users.id"], name="fk_validity_marks_confirmed_by_id_users"),
        sa.ForeignKeyConstraint(["dismissed_by_id"], ["users.id"], name="fk_validity_marks_dismissed_by_id_users"))
    op.create_index("ix_validity_marks_by_document_id", "validity_marks", ["by_document_id"])


def downgrade() -> None:
    op.drop_table("known_laws")
    op.drop_table("validity_marks")
    op.drop_table("waiting_citations")
    # What a person removed would come back without the column that says so.
    op.execute("DELETE FROM citations WHERE dismissed_at IS NOT NULL")
    with op.batch_alter_table("citations") as citations:
        citations.drop_constraint(op.f("ck_citations_origin"), type_="check")
        for done in ("confirmed", "dismissed"):
            citations.drop_constraint(op.f(f"fk_citations_{done}_by_id_users"), type_="foreignkey")
            citations.drop_column(f"{done}_by_id")
            citations.drop_column(f"{done}_at")
        for name in ("doubtful", "locator", "quote", "end", "start", "relation_read", "origin"):
            citations.drop_column(name)
