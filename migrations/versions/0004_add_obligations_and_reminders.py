"""Add obligations, their occurrences, and the reminders of them.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("users") as users:
        users.add_column(sa.Column("heads_unit", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("users") as users:
        users.alter_column("heads_unit", server_default=None)
    _add_obligations()
    _add_reminders()


def _add_obligations() -> None:
    op.create_table(
        "obligations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("named", sa.String(300), nullable=False),
        sa.Column("rrule", sa.String(200), nullable=False),
        sa.Column("cycle", sa.String(20), nullable=False),
        sa.Column("days_after_cut_off", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("term", sa.JSON(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("origin IN ('read', 'person')", name="ck_obligations_origin"),
        sa.ForeignKeyConstraint(["created_by_id"], ['users.id'], name="fk_obligations_created_by_id_users"),
        sa.ForeignKeyConstraint(["document_id"], ['documents.id'], name="fk_obligations_document_id_documents"),
        sa.ForeignKeyConstraint(["unit_id"], ['units.id'], name="fk_obligations_unit_id_units"),
        sa.ForeignKeyConstraint(["user_id"], ['users.id'], name="fk_obligations_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_obligations"))
    op.create_index("ix_obligations_document_id", "obligations", ["document_id"])
    op.create_index("ix_obligations_unit_id", "obligations", ["unit_id"])
    op.create_index("ix_obligations_user_id", "obligations", ["user_id"])
    op.create_table(
        "obligation_partners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["obligation_id"], ['obligations.id'], name="fk_obligation_partners_obligation_id_obligations"),
        sa.ForeignKeyConstraint(["unit_id"], ['units.id'], name="fk_obligation_partners_unit_id_units"),
        sa.ForeignKeyConstraint(["user_id"], ['users.id'], name="fk_obligation_partners_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_obligation_partners"))
    op.create_index("ix_obligation_partners_obligation_id", "obligation_partners", ["obligation_id"])
    op.create_index("ix_obligation_partners_user_id", "obligation_partners", ["user_id"])
    op.create_table(
        "occurrences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("cut_off_on", sa.Date(), nullable=True),
        sa.Column("printed_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_time", sa.Time(), nullable=True),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("fulfilled_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('new', 'working', 'waiting', 'done', 'paused', 'cancelled')", name="ck_occurrences_state"),
        sa.ForeignKeyConstraint(["done_by_id"], ['users.id'], name="fk_occurrences_done_by_id_users"),
        sa.ForeignKeyConstraint(["fulfilled_by_id"], ['documents.id'], name="fk_occurrences_fulfilled_by_id_documents"),
        sa.ForeignKeyConstraint(["obligation_id"], ['obligations.id'], name="fk_occurrences_obligation_id_obligations"),
        sa.ForeignKeyConstraint(["unit_id"], ['units.id'], name="fk_occurrences_unit_id_units"),
        sa.ForeignKeyConstraint(["user_id"], ['users.id'], name="fk_occurrences_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_occurrences"),
        sa.UniqueConstraint("obligation_id", "planned_on", name="uq_occurrences_planned"))
    op.create_index("ix_occurrences_fulfilled_by_id", "occurrences", ["fulfilled_by_id"])
    op.create_index("ix_occurrences_state_due_on_id", "occurrences", ["state", "due_on", "id"])
    op.create_index("ix_occurrences_unit_id_state_due_on", "occurrences", ["unit_id", "state", "due_on"])
    op.create_index("ix_occurrences_user_id_state_due_on", "occurrences", ["user_id", "state", "due_on"])
    op.create_table(
        "extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=True),
        sa.Column("new_due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(10), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.CheckConstraint("decision IN ('waiting', 'approved', 'refused')", name="ck_extensions_decision"),
        sa.ForeignKeyConstraint(["decided_by_id"], ['users.id'], name="fk_extensions_decided_by_id_users"),
        sa.ForeignKeyConstraint(["occurrence_id"], ['occurrences.id'], name="fk_extensions_occurrence_id_occurrences"),
        sa.ForeignKeyConstraint(["requested_by_id"], ['users.id'], name="fk_extensions_requested_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_extensions"))
    op.create_index("ix_extensions_decision", "extensions", ["decision"])
    op.create_index("ix_extensions_occurrence_id", "extensions", ["occurrence_id"])
    op.create_table(
        "progress_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before", sa.String(200), nullable=False),
        sa.Column("after", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["occurrence_id"], ['occurrences.id'], name="fk_progress_notes_occurrence_id_occurrences"),
        sa.ForeignKeyConstraint(["user_id"], ['users.id'], name="fk_progress_notes_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_progress_notes"))
    op.create_index("ix_progress_notes_occurrence_id_id", "progress_notes", ["occurrence_id", "id"])
    op.create_table(
        "office_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.CheckConstraint("kind IN ('off', 'working')", name="ck_office_days_kind"),
        sa.PrimaryKeyConstraint("day", name="pk_office_days"))


def _add_reminders() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("header_id", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(500), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("possibly_twice", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holder", sa.String(80), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sending', 'sent', 'failed', 'cancelled')", name="ck_messages_state"),
        sa.ForeignKeyConstraint(["user_id"], ['users.id'], name="fk_messages_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("header_id", name="uq_messages_header_id"))
    op.create_index("ix_messages_state_next_try_at_id", "messages", ["state", "next_try_at", "id"])
    op.create_index("ix_messages_user_id_id", "messages", ["user_id", "id"])
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(30), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("error", sa.String(500), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('planned', 'mailed', 'cancelled', 'failed')", name="ck_reminders_state"),
        sa.ForeignKeyConstraint(["message_id"], ['messages.id'], name="fk_reminders_message_id_messages"),
        sa.ForeignKeyConstraint(["occurrence_id"], ['occurrences.id'], name="fk_reminders_occurrence_id_occurrences"),
        sa.ForeignKeyConstraint(["user_id"], ['users.id'], name="fk_reminders_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.UniqueConstraint("occurrence_id", "due_version", "rule", "user_id", name="uq_reminders_key"))
    op.create_index("ix_reminders_message_id", "reminders", ["message_id"])
    op.create_index("ix_reminders_state_send_at_id", "reminders", ["state", "send_at", "id"])
    op.create_index("ix_reminders_user_id_send_at", "reminders", ["user_id", "send_at"])
    op.create_table(
        "reminder_wishes",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("days_before", sa.JSON(), nullable=False),
        sa.Column("morning_at", sa.Time(), nullable=True),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("feed_key", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ['users.id'], name="fk_reminder_wishes_user_id_users"),
        sa.PrimaryKeyConstraint("user_id", name="pk_reminder_wishes"),
        sa.UniqueConstraint("feed_key", name="uq_reminder_wishes_feed_key"))
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(["deputy_id"], ['users.id'], name="fk_absences_deputy_id_users"),
        sa.ForeignKeyConstraint(["user_id"], ['users.id'], name="fk_absences_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_absences"))
    op.create_index("ix_absences_user_id_from_on", "absences", ["user_id", "from_on"])


def downgrade() -> None:
    for table in ("absences", "reminder_wishes", "reminders", "messages", "office_days", "progress_notes", "extensions", "occurrences", "obligation_partners", "obligations"):
        op.drop_table(table)
    with op.batch_alter_table("users") as users:
        users.drop_column("heads_unit")
