"""Keep the volumes in which register books are printed (quyển số).

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "book_volumes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(10), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["book_id"], ["register_books.id"], name="fk_book_volumes_book_id_register_books"),
        sa.PrimaryKeyConstraint("id", name="pk_book_volumes"),
        sa.UniqueConstraint("book_id", "form", "year", "name", name="uq_book_volumes_book_id_form_year_name"))


def downgrade() -> None:
    op.drop_table("book_volumes")
