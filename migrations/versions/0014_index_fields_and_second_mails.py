"""Find the documents of a field, and the mails that may have gone out twice, without reading all.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_documents_field_id_listed_on_id", "documents", ["field_id", "listed_on", "id"])
    op.create_index("ix_messages_possibly_twice", "messages", ["id"],
                    sqlite_where=sa.text("possibly_twice = 1"), postgresql_where=sa.text("possibly_twice"))


def downgrade() -> None:
    op.drop_index("ix_messages_possibly_twice", "messages")
    op.drop_index("ix_documents_field_id_listed_on_id", "documents")
