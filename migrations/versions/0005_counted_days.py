"""Days counted ahead; marks by the moment they were set"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('counted_until',
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_counted_until_school_id')),
    sa.PrimaryKeyConstraint('school_id', name=op.f('pk_counted_until'))
    )
    op.create_table('counted_day',
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=7), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=True),
    sa.Column('ends_at', sa.DateTime(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('stale', sa.Boolean(), nullable=False),
    sa.CheckConstraint("what in ('marks', 'lessons')", name=op.f('ck_counted_day_what')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_counted_day_school_id')),
    sa.PrimaryKeyConstraint('school_id', 'what', 'day', name=op.f('pk_counted_day'))
    )
    op.create_index('ix_counted_day_stale', 'counted_day', ['school_id', 'what'], unique=False, sqlite_where=sa.text('stale'), postgresql_where=sa.text('stale'))
    op.create_index(op.f('ix_mark_set_at'), 'mark', ['set_at'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_mark_set_at'), table_name='mark')
    op.drop_index('ix_counted_day_stale', table_name='counted_day', sqlite_where=sa.text('stale'), postgresql_where=sa.text('stale'))
    op.drop_table('counted_day')
    op.drop_table('counted_until')
