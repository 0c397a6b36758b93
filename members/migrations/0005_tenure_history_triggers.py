"""Every change of a tenure leaves what stood before in its history, however it is made."""

from django.db import migrations

from members.append_only import WINDOW, append_only

COLUMNS = "tenure_id, member_id, post_kind_id, unit_id, started_on, ended_on, recorded_at"
OLD = (
    "OLD.id, OLD.member_id, OLD.post_kind_id, OLD.unit_id, OLD.started_on, OLD.ended_on,"
    " OLD.recorded_at"
)
INSERT = f"INSERT INTO members_tenurehistory ({COLUMNS}, superseded_at) VALUES ({OLD}, {{moment}});"
# Who changes many rows at once may leave the time of recording as it is: then it is now.
MOVED = "CASE WHEN NEW.recorded_at > OLD.recorded_at THEN NEW.recorded_at ELSE {now} END"
# Who erases a person leaves no trace of the person's posts either.
KEPT = f"NOT EXISTS (SELECT 1 FROM {WINDOW})"
FACTS = ("member_id", "post_kind_id", "unit_id", "started_on", "ended_on", "recorded_at")
POSTGRESQL = f"""
CREATE FUNCTION members_tenure_history() RETURNS trigger AS $$
BEGIN
  IF NOT {KEPT} THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'DELETE' THEN
    {INSERT.format(moment="clock_timestamp()")}
    RETURN OLD;
  END IF;
  {INSERT.format(moment=MOVED.format(now="clock_timestamp()"))}
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER members_tenure_changed AFTER UPDATE ON members_tenure FOR EACH ROW
  WHEN ({" OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in FACTS)})
  EXECUTE FUNCTION members_tenure_history();
CREATE TRIGGER members_tenure_deleted AFTER DELETE ON members_tenure FOR EACH ROW
  EXECUTE FUNCTION members_tenure_history();
"""
NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
SQLITE = [
    f"""
CREATE TRIGGER members_tenure_changed AFTER UPDATE ON members_tenure FOR EACH ROW
WHEN ({" OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in FACTS)}) AND {KEPT}
BEGIN {INSERT.format(moment=MOVED.format(now=NOW))} END;
""",
    f"""
CREATE TRIGGER members_tenure_deleted AFTER DELETE ON members_tenure FOR EACH ROW WHEN {KEPT}
BEGIN {INSERT.format(moment=NOW)} END;
""",
]


def watch(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for statement in SQLITE:
        schema_editor.execute(statement)


def leave(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION members_tenure_history() CASCADE")
        return
    for name in ("members_tenure_changed", "members_tenure_deleted"):
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("members", "0004_tenure_history")]

    operations = [
        migrations.RunPython(watch, leave),
        append_only("members_tenurehistory"),
    ]
