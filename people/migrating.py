"""Migrations that take seconds: every migration of ours derives from `Migration` here.

Django renders its models anew after each single operation, and with them all that are related: here nearly
everything, through person and studio. A thousand operations then take minutes, on each fresh machine and for
each test database. This class first writes all operations of a migration into the state, renders the models
once, and then makes the same changes to the database: new tables whole, with all that later operations of the
same migration add to them, everything else one by one.
"""

from collections import Counter

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger, RemoveTrigger

ON_FIELDS = (migrations.AddField, migrations.AlterField, migrations.RemoveField)
# What comes with a table that is made whole.
WITH_THE_TABLE = (
    *ON_FIELDS,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.AddConstraint,
    migrations.RemoveConstraint,
    migrations.AlterModelOptions,
)
KNOWN = (CreateExtension, migrations.CreateModel, AddTrigger, RemoveTrigger, *WITH_THE_TABLE)


class Migration(migrations.Migration):
    def apply(self, project_state, schema_editor, collect_sql=False):
        """As Django's own; one by one where an operation is not known here or a field is touched twice."""
        if collect_sql or not self._can_be_written_at_once():
            return super().apply(project_state, schema_editor, collect_sql)
        before = project_state.clone()
        project_state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        made = {one.name_lower for one in self.operations if isinstance(one, migrations.CreateModel)}
        for operation in self.operations:
            if not (isinstance(operation, WITH_THE_TABLE) and _model_of(operation) in made):
                operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state

    def _can_be_written_at_once(self):
        touched = Counter(
            (_model_of(one), one.name_lower) for one in self.operations if isinstance(one, ON_FIELDS)
        )
        known = all(isinstance(one, KNOWN) for one in self.operations)
        return known and all(number == 1 for number in touched.values())


def _model_of(operation: Operation):
    """The lower-case name of the model that an operation changes."""
    if isinstance(operation, migrations.AlterModelOptions):
        return operation.name_lower
    return operation.model_name.lower()
