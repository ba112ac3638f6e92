"""Frozen weeks, and who changed a region's profile"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("from_week", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_profile_change_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_profile_change_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_change")),
    )
    op.create_index(op.f("ix_profile_change_region_id"), "profile_change", ["region_id"], unique=False)
    op.create_table(
        "frozen_week",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("week_start", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("on_vacation", sa.Boolean(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(), nullable=False),
        sa.Column("frozen_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["frozen_by_id"], ["person.id"], name=op.f("fk_frozen_week_frozen_by_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_frozen_week_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_week")),
        sa.UniqueConstraint(
            "school_id", "week_start", "version", name=op.f("uq_frozen_week_school_id_week_start_version")
        ),
    )
    op.create_table(
        "frozen_figure",
        sa.Column("frozen_week_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["frozen_week_id"], ["frozen_week.id"], name=op.f("fk_frozen_figure_frozen_week_id")),
        sa.PrimaryKeyConstraint("frozen_week_id", "indicator", name=op.f("pk_frozen_figure")),
    )


def downgrade() -> None:
    op.drop_table("frozen_figure")
    op.drop_table("frozen_week")
    op.drop_index(op.f("ix_profile_change_region_id"), table_name="profile_change")
    op.drop_table("profile_change")
