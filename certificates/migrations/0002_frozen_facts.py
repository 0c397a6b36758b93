"""A certificate's facts are never rewritten; only sharing and revocation change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

from members.append_only import WINDOW

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import StateApps

FACTS = (
    "id completion_id number code holder_name holder_surname course_title edition completed_on "
    "valid_to issuer language issued_at"
).split()
OLD = ", ".join(f"OLD.{column}" for column in FACTS)
NEW = ", ".join(f"NEW.{column}" for column in FACTS)
REFUSAL = "the facts of a certificate are never changed"

POSTGRESQL = f"""
CREATE FUNCTION certificate_facts() RETURNS trigger AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM {WINDOW}) THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; ELSE RETURN NEW; END IF;
  END IF;
  IF TG_OP = 'UPDATE' AND ({OLD}) IS NOT DISTINCT FROM ({NEW}) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END $$ LANGUAGE plpgsql;
CREATE TRIGGER certificate_facts BEFORE UPDATE OR DELETE ON certificates_certificate
  FOR EACH ROW EXECUTE FUNCTION certificate_facts();
"""
SQLITE = (
    f"""
CREATE TRIGGER certificate_facts_update BEFORE UPDATE ON certificates_certificate
WHEN ({OLD}) IS NOT ({NEW}) AND NOT EXISTS (SELECT 1 FROM {WINDOW})
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END;
""",
    f"""
CREATE TRIGGER certificate_facts_delete BEFORE DELETE ON certificates_certificate
WHEN NOT EXISTS (SELECT 1 FROM {WINDOW})
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END;
""",
)


def protect(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in (POSTGRESQL,) if postgresql else SQLITE:
        schema_editor.execute(statement)


def release(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION certificate_facts() CASCADE")
        return
    schema_editor.execute("DROP TRIGGER certificate_facts_update")
    schema_editor.execute("DROP TRIGGER certificate_facts_delete")


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial"), ("members", "0002_append_only")]

    operations = [migrations.RunPython(protect, release)]
