"""Keep how many envelopes of a document go by post (số lượng bì).

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documents", sa.Column("envelopes", sa.Integer(), nullable=True))
    only = sa.text("envelopes IS NOT NULL")
    op.create_index("ix_documents_envelopes", "documents", ["envelopes"], sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    op.drop_index("ix_documents_envelopes", "documents")
    op.drop_column("documents", "envelopes")  # not in batch mode, which would drop the table that others refer to
