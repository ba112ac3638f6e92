"""Datasets that were loaded; indexes that answer a week's indicators without the rows"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('dataset_load',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dataset_load'))
    )


def downgrade() -> None:
    op.drop_table('dataset_load')
