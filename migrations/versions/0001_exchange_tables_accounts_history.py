"""Tables of the exchange format, accounts and history"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


WORK_TYPES = (  # domain/school-rules.md: the seven of the product; the second says what marks_timely counts
    ("Ответ на уроке", True),
    ("Работа на уроке", True),
    ("Поведение", True),
    ("Наизусть", True),
    ("Домашняя работа", False),
    ("Самостоятельная работа", False),
    ("Контрольная работа", False),
)
DEFAULT_CRITERIA = (  # domain/indicators.md, «По умолчанию»: threshold in hundredths of a per cent
    ("timetable_filled", 5000),
    ("lessons_planned", 5000),
    ("journal_kept", 5000),
    ("marks_timely", 5000),
    ("accounts_activated", 6000),
    ("guardian_engagement", 5000),
)


def seed() -> None:
    """The rows that come with the product and belong to no school and no region."""
    work_type = sa.table(
        "work_type",
        sa.column("name", sa.Text), sa.column("weight", sa.Integer),
        sa.column("timely", sa.Boolean), sa.column("position", sa.Integer),
    )
    op.bulk_insert(work_type, [
        {"name": name, "weight": 1, "timely": timely, "position": position}
        for position, (name, timely) in enumerate(WORK_TYPES, start=1)
    ])
    profile = sa.table(
        "activity_profile", sa.column("id", sa.Integer), sa.column("name", sa.Text), sa.column("from_week", sa.Date)
    )
    connection = op.get_bind()
    connection.execute(profile.insert().values(name="По умолчанию", from_week=date(2000, 1, 3)))
    default_id = connection.execute(sa.select(profile.c.id)).scalar_one()
    criterion = sa.table(
        "activity_criterion",
        sa.column("profile_id", sa.Integer), sa.column("indicator", sa.Text),
        sa.column("threshold", sa.Integer), sa.column("counted", sa.Boolean),
    )
    op.bulk_insert(criterion, [
        {"profile_id": default_id, "indicator": code, "threshold": threshold, "counted": True}
        for code, threshold in DEFAULT_CRITERIA
    ])


def upgrade() -> None:
    op.create_table('calendar_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('week_start', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_calendar_day'))
    )
    op.create_index(op.f('ix_calendar_day_week_start_day'), 'calendar_day', ['week_start', 'day'], unique=False)
    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('last_name', sa.Text(), nullable=False),
    sa.Column('first_name', sa.Text(), nullable=False),
    sa.Column('middle_name', sa.Text(), nullable=True),
    sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('birth_date', sa.Date(), nullable=True),
    sa.Column('snils', sa.Text(), nullable=True),
    sa.Column('snils_hash', sa.String(length=64), nullable=True),
    sa.Column('document', sa.String(length=17), nullable=True),
    sa.Column('document_number', sa.Text(), nullable=True),
    sa.Column('document_hash', sa.String(length=64), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('activated_at', sa.DateTime(), nullable=True),
    sa.Column('esia_at', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('key', name=op.f('uq_person_key'))
    )
    op.create_index(op.f('ix_person_snils_hash'), 'person', ['snils_hash'], unique=False)
    op.create_index(op.f('ix_person_sort_key'), 'person', ['sort_key'], unique=False)
    op.create_table('region',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_region')),
    sa.UniqueConstraint('key', name=op.f('uq_region_key'))
    )
    op.create_table('sign_in_failures',
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('window_starts_at', sa.DateTime(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('subject', 'window_starts_at', name=op.f('pk_sign_in_failures'))
    )
    op.create_table('subject',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subject')),
    sa.UniqueConstraint('key', name=op.f('uq_subject_key'))
    )
    op.create_table('week_border',
    sa.Column('timezone', sa.String(length=64), nullable=False),
    sa.Column('week_start', sa.Date(), nullable=False),
    sa.Column('sunday', sa.Date(), nullable=False),
    sa.Column('previous_week_start', sa.Date(), nullable=False),
    sa.Column('next_week_start', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('timezone', 'week_start', name=op.f('pk_week_border'))
    )
    op.create_table('account',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('login', sa.String(length=64), nullable=False),
    sa.Column('login_key', sa.String(length=64), nullable=False),
    sa.Column('password_hash', sa.String(length=255), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_account_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_account')),
    sa.UniqueConstraint('login_key', name=op.f('uq_account_login_key'))
    )
    op.create_table('activity_profile',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('from_week', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_activity_profile_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_profile')),
    sa.UniqueConstraint('region_id', 'from_week', name=op.f('uq_activity_profile_region_id_from_week'))
    )
    op.create_table('diary_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('viewer_id', sa.Integer(), nullable=False),
    sa.Column('viewed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['pupil_id'], ['person.id'], name=op.f('fk_diary_view_pupil_id')),
    sa.ForeignKeyConstraint(['viewer_id'], ['person.id'], name=op.f('fk_diary_view_viewer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_diary_view')),
    sa.UniqueConstraint('pupil_id', 'viewed_at', 'viewer_id', name=op.f('uq_diary_view_pupil_id_viewed_at_viewer_id'))
    )
    op.create_index(op.f('ix_diary_view_viewer_id'), 'diary_view', ['viewer_id'], unique=False)
    op.create_table('guardianship',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('guardian_id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('relation', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['guardian_id'], ['person.id'], name=op.f('fk_guardianship_guardian_id')),
    sa.ForeignKeyConstraint(['pupil_id'], ['person.id'], name=op.f('fk_guardianship_pupil_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guardianship')),
    sa.UniqueConstraint('pupil_id', 'guardian_id', name=op.f('uq_guardianship_pupil_id_guardian_id'))
    )
    op.create_index(op.f('ix_guardianship_guardian_id'), 'guardianship', ['guardian_id'], unique=False)
    op.create_table('municipality',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('oktmo', sa.String(length=11), nullable=True),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_municipality_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_municipality')),
    sa.UniqueConstraint('key', name=op.f('uq_municipality_key'))
    )
    op.create_index(op.f('ix_municipality_region_id'), 'municipality', ['region_id'], unique=False)
    op.create_table('person_alias',
    sa.Column('key', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_alias_person_id')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_person_alias'))
    )
    op.create_index(op.f('ix_person_alias_person_id'), 'person_alias', ['person_id'], unique=False)
    op.create_table('visit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('visited_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_visit_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit')),
    sa.UniqueConstraint('person_id', 'visited_at', name=op.f('uq_visit_person_id_visited_at'))
    )
    op.create_table('activity_criterion',
    sa.Column('profile_id', sa.Integer(), nullable=False),
    sa.Column('indicator', sa.String(length=40), nullable=False),
    sa.Column('threshold', sa.Integer(), nullable=False),
    sa.Column('counted', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['profile_id'], ['activity_profile.id'], name=op.f('fk_activity_criterion_profile_id')),
    sa.PrimaryKeyConstraint('profile_id', 'indicator', name=op.f('pk_activity_criterion'))
    )
    op.create_table('office_post',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=True),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('post', sa.Text(), nullable=False),
    sa.CheckConstraint('(municipality_id is null) <> (region_id is null)', name=op.f('ck_office_post_one_unit')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_office_post_municipality_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_office_post_person_id')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_office_post_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office_post')),
    sa.UniqueConstraint('municipality_id', 'person_id', 'post', name=op.f('uq_office_post_municipality_id_person_id_post')),
    sa.UniqueConstraint('region_id', 'person_id', 'post', name=op.f('uq_office_post_region_id_person_id_post'))
    )
    op.create_index(op.f('ix_office_post_municipality_id'), 'office_post', ['municipality_id'], unique=False)
    op.create_index(op.f('ix_office_post_person_id'), 'office_post', ['person_id'], unique=False)
    op.create_index(op.f('ix_office_post_region_id'), 'office_post', ['region_id'], unique=False)
    op.create_table('school',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('kind', sa.String(length=3), nullable=True),
    sa.Column('timezone', sa.String(length=64), nullable=False),
    sa.Column('shifts', sa.SmallInteger(), nullable=False),
    sa.Column('inn', sa.String(length=12), nullable=True),
    sa.Column('kpp', sa.String(length=9), nullable=True),
    sa.Column('ogrn', sa.String(length=15), nullable=True),
    sa.Column('oktmo', sa.String(length=11), nullable=True),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('contingent_oo1', sa.Integer(), nullable=True),
    sa.CheckConstraint('shifts in (1, 2)', name=op.f('ck_school_shifts')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_school_municipality_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school')),
    sa.UniqueConstraint('key', name=op.f('uq_school_key'))
    )
    op.create_index(op.f('ix_school_municipality_id'), 'school', ['municipality_id'], unique=False)
    op.create_table('academic_year',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_academic_year_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_academic_year')),
    sa.UniqueConstraint('school_id', 'year', name=op.f('uq_academic_year_school_id_year'))
    )
    op.create_table('indicator_history',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('week_start', sa.Date(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('indicator', sa.String(length=40), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=True),
    sa.Column('numerator', sa.BigInteger(), nullable=True),
    sa.Column('denominator', sa.BigInteger(), nullable=True),
    sa.Column('on_vacation', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_indicator_history_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator_history')),
    sa.UniqueConstraint('school_id', 'week_start', 'indicator', name=op.f('uq_indicator_history_school_id_week_start_indicator'))
    )
    op.create_index(op.f('ix_indicator_history_week_start'), 'indicator_history', ['week_start'], unique=False)
    op.create_table('period',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=9), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('grades', sa.String(length=20), nullable=True),
    sa.Column('grade_from', sa.SmallInteger(), nullable=False),
    sa.Column('grade_to', sa.SmallInteger(), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_period_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_period')),
    sa.UniqueConstraint('key', name=op.f('uq_period_key'))
    )
    op.create_index(op.f('ix_period_school_id_starts_on'), 'period', ['school_id', 'starts_on'], unique=False)
    op.create_table('school_class',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('grade', sa.SmallInteger(), nullable=False),
    sa.Column('letter', sa.Text(), nullable=False),
    sa.Column('class_teacher_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['class_teacher_id'], ['person.id'], name=op.f('fk_school_class_class_teacher_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_school_class_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school_class')),
    sa.UniqueConstraint('key', name=op.f('uq_school_class_key'))
    )
    op.create_index(op.f('ix_school_class_class_teacher_id'), 'school_class', ['class_teacher_id'], unique=False)
    op.create_index(op.f('ix_school_class_school_id_year'), 'school_class', ['school_id', 'year'], unique=False)
    op.create_table('staff_post',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('post', sa.Text(), nullable=False),
    sa.Column('teaching', sa.Boolean(), nullable=False),
    sa.Column('category', sa.String(length=7), nullable=True),
    sa.Column('hired_on', sa.Date(), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_staff_post_person_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_staff_post_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_post'))
    )
    op.create_index(op.f('ix_staff_post_person_id'), 'staff_post', ['person_id'], unique=False)
    op.create_index(op.f('ix_staff_post_school_id'), 'staff_post', ['school_id'], unique=False)
    op.create_index('uq_staff_post_dated', 'staff_post', ['school_id', 'person_id', 'post', 'hired_on'], unique=True, sqlite_where=sa.text('hired_on is not null'), postgresql_where=sa.text('hired_on is not null'))
    op.create_index('uq_staff_post_undated', 'staff_post', ['school_id', 'person_id', 'post'], unique=True, sqlite_where=sa.text('hired_on is null'), postgresql_where=sa.text('hired_on is null'))
    op.create_table('vacation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_vacation_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vacation')),
    sa.UniqueConstraint('school_id', 'starts_on', 'name', name=op.f('uq_vacation_school_id_starts_on_name'))
    )
    op.create_table('work_type',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('weight', sa.SmallInteger(), nullable=False),
    sa.Column('timely', sa.Boolean(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_work_type_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_type')),
    sa.UniqueConstraint('school_id', 'name', name=op.f('uq_work_type_school_id_name'))
    )
    op.create_table('enrolment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('enrolled_on', sa.Date(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_enrolment_class_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_enrolment_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment')),
    sa.UniqueConstraint('class_id', 'person_id', 'enrolled_on', name=op.f('uq_enrolment_class_id_person_id_enrolled_on'))
    )
    op.create_index(op.f('ix_enrolment_person_id'), 'enrolment', ['person_id'], unique=False)
    op.create_table('teaching_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('teacher_id', sa.Integer(), nullable=True),
    sa.Column('subgroup', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_teaching_group_class_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_teaching_group_school_id')),
    sa.ForeignKeyConstraint(['subject_id'], ['subject.id'], name=op.f('fk_teaching_group_subject_id')),
    sa.ForeignKeyConstraint(['teacher_id'], ['person.id'], name=op.f('fk_teaching_group_teacher_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teaching_group')),
    sa.UniqueConstraint('key', name=op.f('uq_teaching_group_key'))
    )
    op.create_index(op.f('ix_teaching_group_class_id'), 'teaching_group', ['class_id'], unique=False)
    op.create_index(op.f('ix_teaching_group_school_id'), 'teaching_group', ['school_id'], unique=False)
    op.create_index(op.f('ix_teaching_group_teacher_id'), 'teaching_group', ['teacher_id'], unique=False)
    op.create_table('group_member',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['teaching_group.id'], name=op.f('fk_group_member_group_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_group_member_person_id')),
    sa.PrimaryKeyConstraint('group_id', 'person_id', name=op.f('pk_group_member'))
    )
    op.create_index(op.f('ix_group_member_person_id'), 'group_member', ['person_id'], unique=False)
    op.create_table('lesson',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.Time(), nullable=True),
    sa.Column('ends_at', sa.Time(), nullable=True),
    sa.Column('status', sa.String(length=9), nullable=False),
    sa.Column('topic', sa.Text(), nullable=True),
    sa.Column('comment', sa.Text(), nullable=True),
    sa.Column('conducted', sa.Boolean(), nullable=False),
    sa.Column('substitute_id', sa.Integer(), nullable=True),
    sa.Column('room', sa.Text(), nullable=True),
    sa.Column('moved_from', sa.Date(), nullable=True),
    sa.Column('week_start', sa.Date(), nullable=False),
    sa.Column('day_starts_at', sa.DateTime(), nullable=False),
    sa.Column('marks_due_at', sa.DateTime(), nullable=False),
    sa.Column('homework_from_at', sa.DateTime(), nullable=False),
    sa.Column('homework_due_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("status in ('planned', 'cancelled')", name=op.f('ck_lesson_status')),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_lesson_class_id')),
    sa.ForeignKeyConstraint(['group_id'], ['teaching_group.id'], name=op.f('fk_lesson_group_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_lesson_school_id')),
    sa.ForeignKeyConstraint(['substitute_id'], ['person.id'], name=op.f('fk_lesson_substitute_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson')),
    sa.UniqueConstraint('key', name=op.f('uq_lesson_key'))
    )
    op.create_index('ix_lesson_class_week', 'lesson', ['class_id', 'week_start'], unique=False)
    op.create_index('ix_lesson_group_order', 'lesson', ['group_id', 'date', 'number', 'key'], unique=False)
    op.create_index('ix_lesson_school_week', 'lesson', ['school_id', 'week_start'], unique=False)
    op.create_index(op.f('ix_lesson_substitute_id'), 'lesson', ['substitute_id'], unique=False)
    op.create_table('period_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.String(length=3), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('(period_id is null) <> (year is null)', name=op.f('ck_period_mark_one_span')),
    sa.ForeignKeyConstraint(['group_id'], ['teaching_group.id'], name=op.f('fk_period_mark_group_id')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_period_mark_period_id')),
    sa.ForeignKeyConstraint(['pupil_id'], ['person.id'], name=op.f('fk_period_mark_pupil_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_period_mark')),
    sa.UniqueConstraint('group_id', 'pupil_id', 'period_id', name=op.f('uq_period_mark_group_id_pupil_id_period_id')),
    sa.UniqueConstraint('group_id', 'pupil_id', 'year', name=op.f('uq_period_mark_group_id_pupil_id_year'))
    )
    op.create_index(op.f('ix_period_mark_pupil_id'), 'period_mark', ['pupil_id'], unique=False)
    op.create_table('attendance',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('lesson_id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=1), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_attendance_lesson_id')),
    sa.ForeignKeyConstraint(['pupil_id'], ['person.id'], name=op.f('fk_attendance_pupil_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance')),
    sa.UniqueConstraint('lesson_id', 'pupil_id', name=op.f('uq_attendance_lesson_id_pupil_id'))
    )
    op.create_index(op.f('ix_attendance_pupil_id'), 'attendance', ['pupil_id'], unique=False)
    op.create_table('homework',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('lesson_id', sa.Integer(), nullable=True),
    sa.Column('given_at_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('issued_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=True),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['given_at_id'], ['lesson.id'], name=op.f('fk_homework_given_at_id')),
    sa.ForeignKeyConstraint(['group_id'], ['teaching_group.id'], name=op.f('fk_homework_group_id')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_homework_lesson_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_homework')),
    sa.UniqueConstraint('key', name=op.f('uq_homework_key'))
    )
    op.create_index(op.f('ix_homework_given_at_id'), 'homework', ['given_at_id'], unique=False)
    op.create_index(op.f('ix_homework_group_id'), 'homework', ['group_id'], unique=False)
    op.create_index(op.f('ix_homework_lesson_id'), 'homework', ['lesson_id'], unique=False)
    op.create_table('journal_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('lesson_id', sa.Integer(), nullable=True),
    sa.Column('pupil_id', sa.Integer(), nullable=True),
    sa.Column('subject_key', sa.String(length=64), nullable=True),
    sa.Column('before', sa.Text(), nullable=True),
    sa.Column('after', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_journal_change_by_id')),
    sa.ForeignKeyConstraint(['group_id'], ['teaching_group.id'], name=op.f('fk_journal_change_group_id')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_journal_change_lesson_id')),
    sa.ForeignKeyConstraint(['pupil_id'], ['person.id'], name=op.f('fk_journal_change_pupil_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_change'))
    )
    op.create_index(op.f('ix_journal_change_group_id'), 'journal_change', ['group_id'], unique=False)
    op.create_index('ix_journal_change_lesson_pupil', 'journal_change', ['lesson_id', 'pupil_id'], unique=False)
    op.create_index('ix_journal_change_pupil_at', 'journal_change', ['pupil_id', 'at'], unique=False)
    op.create_table('mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('lesson_id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.String(length=3), nullable=False),
    sa.Column('work_type_id', sa.Integer(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_mark_lesson_id')),
    sa.ForeignKeyConstraint(['pupil_id'], ['person.id'], name=op.f('fk_mark_pupil_id')),
    sa.ForeignKeyConstraint(['work_type_id'], ['work_type.id'], name=op.f('fk_mark_work_type_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mark')),
    sa.UniqueConstraint('key', name=op.f('uq_mark_key'))
    )
    op.create_index('ix_mark_lesson_pupil', 'mark', ['lesson_id', 'pupil_id'], unique=False)
    op.create_index('ix_mark_pupil', 'mark', ['pupil_id'], unique=False)
    seed()


def downgrade() -> None:
    op.drop_index('ix_mark_pupil', table_name='mark')
    op.drop_index('ix_mark_lesson_pupil', table_name='mark')
    op.drop_table('mark')
    op.drop_index('ix_journal_change_pupil_at', table_name='journal_change')
    op.drop_index('ix_journal_change_lesson_pupil', table_name='journal_change')
    op.drop_index(op.f('ix_journal_change_group_id'), table_name='journal_change')
    op.drop_table('journal_change')
    op.drop_index(op.f('ix_homework_lesson_id'), table_name='homework')
    op.drop_index(op.f('ix_homework_group_id'), table_name='homework')
    op.drop_index(op.f('ix_homework_given_at_id'), table_name='homework')
    op.drop_table('homework')
    op.drop_index(op.f('ix_attendance_pupil_id'), table_name='attendance')
    op.drop_table('attendance')
    op.drop_index(op.f('ix_period_mark_pupil_id'), table_name='period_mark')
    op.drop_table('period_mark')
    op.drop_index(op.f('ix_lesson_substitute_id'), table_name='lesson')
    op.drop_index('ix_lesson_school_week', table_name='lesson')
    op.drop_index('ix_lesson_group_order', table_name='lesson')
    op.drop_index('ix_lesson_class_week', table_name='lesson')
    op.drop_table('lesson')
    op.drop_index(op.f('ix_group_member_person_id'), table_name='group_member')
    op.drop_table('group_member')
    op.drop_index(op.f('ix_teaching_group_teacher_id'), table_name='teaching_group')
    op.drop_index(op.f('ix_teaching_group_school_id'), table_name='teaching_group')
    op.drop_index(op.f('ix_teaching_group_class_id'), table_name='teaching_group')
    op.drop_table('teaching_group')
    op.drop_index(op.f('ix_enrolment_person_id'), table_name='enrolment')
    op.drop_table('enrolment')
    op.drop_table('work_type')
    op.drop_table('vacation')
    op.drop_index('uq_staff_post_undated', table_name='staff_post', sqlite_where=sa.text('hired_on is null'), postgresql_where=sa.text('hired_on is null'))
    op.drop_index('uq_staff_post_dated', table_name='staff_post', sqlite_where=sa.text('hired_on is not null'), postgresql_where=sa.text('hired_on is not null'))
    op.drop_index(op.f('ix_staff_post_school_id'), table_name='staff_post')
    op.drop_index(op.f('ix_staff_post_person_id'), table_name='staff_post')
    op.drop_table('staff_post')
    op.drop_index(op.f('ix_school_class_school_id_year'), table_name='school_class')
    op.drop_index(op.f('ix_school_class_class_teacher_id'), table_name='school_class')
    op.drop_table('school_class')
    op.drop_index(op.f('ix_period_school_id_starts_on'), table_name='period')
    op.drop_table('period')
    op.drop_index(op.f('ix_indicator_history_week_start'), table_name='indicator_history')
    op.drop_table('indicator_history')
    op.drop_table('academic_year')
    op.drop_index(op.f('ix_school_municipality_id'), table_name='school')
    op.drop_table('school')
    op.drop_index(op.f('ix_office_post_region_id'), table_name='office_post')
    op.drop_index(op.f('ix_office_post_person_id'), table_name='office_post')
    op.drop_index(op.f('ix_office_post_municipality_id'), table_name='office_post')
    op.drop_table('office_post')
    op.drop_table('activity_criterion')
    op.drop_table('visit')
    op.drop_index(op.f('ix_person_alias_person_id'), table_name='person_alias')
    op.drop_table('person_alias')
    op.drop_index(op.f('ix_municipality_region_id'), table_name='municipality')
    op.drop_table('municipality')
    op.drop_index(op.f('ix_guardianship_guardian_id'), table_name='guardianship')
    op.drop_table('guardianship')
    op.drop_index(op.f('ix_diary_view_viewer_id'), table_name='diary_view')
    op.drop_table('diary_view')
    op.drop_table('activity_profile')
    op.drop_table('account')
    op.drop_table('week_border')
    op.drop_table('subject')
    op.drop_table('sign_in_failures')
    op.drop_table('region')
    op.drop_index(op.f('ix_person_sort_key'), table_name='person')
    op.drop_index(op.f('ix_person_snils_hash'), table_name='person')
    op.drop_table('person')
    op.drop_index(op.f('ix_calendar_day_week_start_day'), table_name='calendar_day')
    op.drop_table('calendar_day')
