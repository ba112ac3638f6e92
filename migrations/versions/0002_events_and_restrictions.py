"""School events, and the pupils whose data may not be processed"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('school_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('audience', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('removed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['person.id'], name=op.f('fk_school_event_created_by_id')),
    sa.ForeignKeyConstraint(['removed_by_id'], ['person.id'], name=op.f('fk_school_event_removed_by_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_school_event_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school_event')),
    sa.UniqueConstraint('key', name=op.f('uq_school_event_key'))
    )
    op.create_index(op.f('ix_school_event_school_id_held_on'), 'school_event', ['school_id', 'held_on'], unique=False)
    op.create_table('data_restriction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('set_by_id', sa.Integer(), nullable=True),
    sa.Column('lifted_at', sa.DateTime(), nullable=True),
    sa.Column('lifted_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['lifted_by_id'], ['person.id'], name=op.f('fk_data_restriction_lifted_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_data_restriction_person_id')),
    sa.ForeignKeyConstraint(['set_by_id'], ['person.id'], name=op.f('fk_data_restriction_set_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_restriction'))
    )
    op.create_index(op.f('ix_data_restriction_person_id'), 'data_restriction', ['person_id'], unique=False)
    op.create_index('uq_data_restriction_standing', 'data_restriction', ['person_id'], unique=True, sqlite_where=sa.text('lifted_at is null'), postgresql_where=sa.text('lifted_at is null'))


def downgrade() -> None:
    op.drop_index('uq_data_restriction_standing', table_name='data_restriction', sqlite_where=sa.text('lifted_at is null'), postgresql_where=sa.text('lifted_at is null'))
    op.drop_index(op.f('ix_data_restriction_person_id'), table_name='data_restriction')
    op.drop_table('data_restriction')
    op.drop_index(op.f('ix_school_event_school_id_held_on'), table_name='school_event')
    op.drop_table('school_event')
