"""Create the register.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.String(length=100), nullable=False),
    sa.Column('address', sa.String(length=60), nullable=False),
    sa.Column('action', sa.String(length=40), nullable=False),
    sa.Column('object_type', sa.String(length=30), nullable=False),
    sa.Column('object_id', sa.Integer(), nullable=True),
    sa.Column('label', sa.String(length=200), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_events')),
    sa.UniqueConstraint('seq', name=op.f('uq_audit_events_seq'))
    )
    with op.batch_alter_table('audit_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_events_action_id'), ['action', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_events_actor_id_id'), ['actor_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_events_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_events_object_type_object_id_id'), ['object_type', 'object_id', 'id'], unique=False)

    op.create_table('changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_changes')),
    sa.UniqueConstraint('seq', name=op.f('uq_changes_seq'))
    )
    op.create_table('fields',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=150), nullable=False),
    sa.Column('name_key', sa.String(length=150), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fields')),
    sa.UniqueConstraint('name_key', name=op.f('uq_fields_name_key'))
    )
    op.create_table('journal_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('audit_seq', sa.Integer(), nullable=False),
    sa.Column('audit_hash', sa.String(length=64), nullable=False),
    sa.Column('change_seq', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_head'))
    )
    op.create_table('kinds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('abbreviation', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('name_key', sa.String(length=100), nullable=False),
    sa.Column('name_en', sa.String(length=100), nullable=False),
    sa.Column('group', sa.String(length=20), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kinds')),
    sa.UniqueConstraint('code', name=op.f('uq_kinds_code')),
    sa.UniqueConstraint('name_key', name=op.f('uq_kinds_name_key'))
    )
    op.create_table('login_failures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('username', sa.String(length=60), nullable=False),
    sa.Column('address', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_failures'))
    )
    with op.batch_alter_table('login_failures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_login_failures_address'), ['address'], unique=False)
        batch_op.create_index(batch_op.f('ix_login_failures_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_login_failures_username'), ['username'], unique=False)

    op.create_table('number_symbols',
    sa.Column('symbol_key', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('symbol_key', name=op.f('pk_number_symbols'))
    )
    op.create_table('organisations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=True),
    sa.Column('interchange_code', sa.String(length=35), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('name_key', sa.String(length=300), nullable=False),
    sa.Column('short_name', sa.String(length=120), nullable=False),
    sa.Column('aliases', sa.String(length=1000), nullable=False),
    sa.Column('symbol', sa.String(length=30), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('basis', sa.String(length=500), nullable=False),
    sa.Column('needs_review', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['parent_id'], ['organisations.id'], name=op.f('fk_organisations_parent_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisations')),
    sa.UniqueConstraint('code', name=op.f('uq_organisations_code'))
    )
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisations_name_key'), ['name_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisations_needs_review'), ['needs_review'], unique=False)

    op.create_table('settings',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_settings'))
    )
    op.create_table('units',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('name_key', sa.String(length=200), nullable=False),
    sa.Column('symbol', sa.String(length=30), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['parent_id'], ['units.id'], name=op.f('fk_units_parent_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_units')),
    sa.UniqueConstraint('name_key', name=op.f('uq_units_name_key'))
    )
    op.create_table('organisation_names',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('name_key', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_organisation_names_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation_names')),
    sa.UniqueConstraint('organisation_id', 'name_key', name=op.f('uq_organisation_names_organisation_id_name_key'))
    )
    with op.batch_alter_table('organisation_names', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_names_name_key'), ['name_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisation_names_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('register_books',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('direction', sa.String(length=10), nullable=False),
    sa.Column('series', sa.String(length=20), nullable=False),
    sa.Column('issuer_id', sa.Integer(), nullable=True),
    sa.Column('with_year', sa.Boolean(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['issuer_id'], ['organisations.id'], name=op.f('fk_register_books_issuer_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_books')),
    sa.UniqueConstraint('name', name=op.f('uq_register_books_name'))
    )
    op.create_table('successions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('predecessor_id', sa.Integer(), nullable=False),
    sa.Column('successor_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=True),
    sa.Column('manner', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['predecessor_id'], ['organisations.id'], name=op.f('fk_successions_predecessor_id_organisations')),
    sa.ForeignKeyConstraint(['successor_id'], ['organisations.id'], name=op.f('fk_successions_successor_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_successions')),
    sa.UniqueConstraint('predecessor_id', 'successor_id', name=op.f('uq_successions_predecessor_id_successor_id'))
    )
    with op.batch_alter_table('successions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_successions_predecessor_id'), ['predecessor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_successions_successor_id'), ['successor_id'], unique=False)

    op.create_table('users',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('username', sa.String(length=60), nullable=False),
    sa.Column('full_name', sa.String(length=100), nullable=False),
    sa.Column('email', sa.String(length=200), nullable=False),
    sa.Column('phone', sa.String(length=30), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('session_epoch', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_login_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_users_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('username', name=op.f('uq_users_username'))
    )
    op.create_table('book_kinds',
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('kind_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['book_id'], ['register_books.id'], name=op.f('fk_book_kinds_book_id_register_books')),
    sa.ForeignKeyConstraint(['kind_id'], ['kinds.id'], name=op.f('fk_book_kinds_kind_id_kinds')),
    sa.PrimaryKeyConstraint('book_id', 'kind_id', name=op.f('pk_book_kinds'))
    )
    op.create_table('book_years',
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last_ordinal', sa.Integer(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['book_id'], ['register_books.id'], name=op.f('fk_book_years_book_id_register_books')),
    sa.PrimaryKeyConstraint('book_id', 'year', name=op.f('pk_book_years'))
    )
    op.create_table('documents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('direction', sa.String(length=10), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('kind_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.String(length=100), nullable=True),
    sa.Column('number_key', sa.String(length=100), nullable=True),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('symbol_key', sa.String(length=80), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('series', sa.String(length=20), nullable=False),
    sa.Column('duplicate_rank', sa.Integer(), nullable=False),
    sa.Column('duplicate_reason', sa.String(length=500), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('listed_on', sa.Date(), nullable=False),
    sa.Column('issuer_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('subject_key', sa.Text(), nullable=False),
    sa.Column('signer_name', sa.String(length=100), nullable=False),
    sa.Column('signer_position', sa.String(length=150), nullable=False),
    sa.Column('urgency', sa.SmallInteger(), nullable=False),
    sa.Column('field_id', sa.Integer(), nullable=True),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('handed_to', sa.String(length=300), nullable=False),
    sa.Column('handed_on', sa.Date(), nullable=True),
    sa.Column('recipients', sa.Text(), nullable=False),
    sa.Column('archive_unit', sa.String(length=200), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('reply_due_on', sa.Date(), nullable=True),
    sa.Column('language', sa.String(length=30), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('restricted', sa.Boolean(), nullable=False),
    sa.Column('external_id', sa.String(length=100), nullable=True),
    sa.Column('request_id', sa.String(length=36), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("direction IN ('outgoing', 'incoming', 'internal', 'external')", name=op.f('ck_documents_direction')),
    sa.CheckConstraint("status IN ('active', 'cancelled')", name=op.f('ck_documents_status')),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_documents_created_by_id_users')),
    sa.ForeignKeyConstraint(['field_id'], ['fields.id'], name=op.f('fk_documents_field_id_fields')),
    sa.ForeignKeyConstraint(['issuer_id'], ['organisations.id'], name=op.f('fk_documents_issuer_id_organisations')),
    sa.ForeignKeyConstraint(['kind_id'], ['kinds.id'], name=op.f('fk_documents_kind_id_kinds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_documents')),
    sa.UniqueConstraint('external_id', name=op.f('uq_documents_external_id')),
    sa.UniqueConstraint('issuer_id', 'series', 'number_key', 'year', 'duplicate_rank', name='uq_documents_identity'),
    sa.UniqueConstraint('request_id', name=op.f('uq_documents_request_id'))
    )
    with op.batch_alter_table('documents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_documents_direction_listed_on_id'), ['direction', 'listed_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_issuer_id_listed_on_id'), ['issuer_id', 'listed_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_kind_id_listed_on_id'), ['kind_id', 'listed_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_listed_on_id'), ['listed_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_number_key'), ['number_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_ordinal_id'), ['ordinal', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_status_listed_on_id'), ['status', 'listed_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_symbol_key_ordinal_id'), ['symbol_key', 'ordinal', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_year_listed_on_id'), ['year', 'listed_on', 'id'], unique=False)

    op.create_table('book_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('suffix', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('taken_by_id', sa.Integer(), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(state = 'used') = (document_id IS NOT NULL)", name=op.f('ck_book_entries_used_by_document')),
    sa.CheckConstraint("state IN ('used', 'reserved', 'voided')", name=op.f('ck_book_entries_state')),
    sa.ForeignKeyConstraint(['book_id'], ['register_books.id'], name=op.f('fk_book_entries_book_id_register_books')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_book_entries_document_id_documents')),
    sa.ForeignKeyConstraint(['taken_by_id'], ['users.id'], name=op.f('fk_book_entries_taken_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_book_entries')),
    sa.UniqueConstraint('book_id', 'year', 'ordinal', 'suffix', name=op.f('uq_book_entries_book_id_year_ordinal_suffix'))
    )
    with op.batch_alter_table('book_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_book_entries_document_id'), ['document_id'], unique=True)

    op.create_table('citations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('citing_id', sa.Integer(), nullable=False),
    sa.Column('cited_id', sa.Integer(), nullable=False),
    sa.Column('relation', sa.String(length=30), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cited_id'], ['documents.id'], name=op.f('fk_citations_cited_id_documents')),
    sa.ForeignKeyConstraint(['citing_id'], ['documents.id'], name=op.f('fk_citations_citing_id_documents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_citations')),
    sa.UniqueConstraint('citing_id', 'cited_id', 'relation', name=op.f('uq_citations_citing_id_cited_id_relation'))
    )
    with op.batch_alter_table('citations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_citations_cited_id'), ['cited_id'], unique=False)

    op.create_table('document_texts',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_document_texts_document_id_documents')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_document_texts'))
    )

    op.execute(sa.text(
        "INSERT INTO journal_head (id, audit_seq, audit_hash, change_seq) VALUES (1, 0, :zero, 0)"
    ).bindparams(zero="0" * 64))


def downgrade() -> None:
    op.drop_table('document_texts')
    with op.batch_alter_table('citations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_citations_cited_id'))

    op.drop_table('citations')
    with op.batch_alter_table('book_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_book_entries_document_id'))

    op.drop_table('book_entries')
    with op.batch_alter_table('documents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_documents_year_listed_on_id'))
        batch_op.drop_index(batch_op.f('ix_documents_symbol_key_ordinal_id'))
        batch_op.drop_index(batch_op.f('ix_documents_status_listed_on_id'))
        batch_op.drop_index(batch_op.f('ix_documents_ordinal_id'))
        batch_op.drop_index(batch_op.f('ix_documents_number_key'))
        batch_op.drop_index(batch_op.f('ix_documents_listed_on_id'))
        batch_op.drop_index(batch_op.f('ix_documents_kind_id_listed_on_id'))
        batch_op.drop_index(batch_op.f('ix_documents_issuer_id_listed_on_id'))
        batch_op.drop_index(batch_op.f('ix_documents_direction_listed_on_id'))

    op.drop_table('documents')
    op.drop_table('book_years')
    op.drop_table('book_kinds')
    op.drop_table('users')
    with op.batch_alter_table('successions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_successions_successor_id'))
        batch_op.drop_index(batch_op.f('ix_successions_predecessor_id'))

    op.drop_table('successions')
    op.drop_table('register_books')
    with op.batch_alter_table('organisation_names', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_names_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_organisation_names_name_key'))

    op.drop_table('organisation_names')
    op.drop_table('units')
    op.drop_table('settings')
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisations_needs_review'))
        batch_op.drop_index(batch_op.f('ix_organisations_name_key'))

    op.drop_table('organisations')
    op.drop_table('number_symbols')
    with op.batch_alter_table('login_failures', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_login_failures_username'))
        batch_op.drop_index(batch_op.f('ix_login_failures_at'))
        batch_op.drop_index(batch_op.f('ix_login_failures_address'))

    op.drop_table('login_failures')
    op.drop_table('kinds')
    op.drop_table('journal_head')
    op.drop_table('fields')
    op.drop_table('changes')
    with op.batch_alter_table('audit_events', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_events_object_type_object_id_id'))
        batch_op.drop_index(batch_op.f('ix_audit_events_at'))
        batch_op.drop_index(batch_op.f('ix_audit_events_actor_id_id'))
        batch_op.drop_index(batch_op.f('ix_audit_events_action_id'))

    op.drop_table('audit_events')
