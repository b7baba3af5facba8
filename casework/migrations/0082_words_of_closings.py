"""The free words of closings lie in a table of their own, one level deeper: rows as they were."""

from django.db import migrations
from django.db.models import Q

from core import rls

WORDS = ("note", "override", "reopened_for")
AT_ONCE = 500
SOME = Q(note__isnull=False) | Q(override__isnull=False) | Q(reopened_for__isnull=False)


def apart(apps, _schema):
    Closing, ClosingWords = (apps.get_model("casework", n) for n in ("Closing", "ClosingWords"))
    rows = []
    for closing in Closing.objects.filter(SOME).iterator(AT_ONCE):
        words = {name: getattr(closing, name) for name in WORDS}
        at = {"created_at": closing.created_at, "updated_at": closing.updated_at}
        case = {"case_id": closing.case_id, "office_id": closing.office_id, "level": closing.level}
        rows.append(ClosingWords(id=closing.pk, closing=closing, **case, **words, **at))
        if len(rows) == AT_ONCE:
            ClosingWords.objects.bulk_create(rows)
            rows = []
    ClosingWords.objects.bulk_create(rows)


def together(apps, _schema):
    for words in apps.get_model("casework", "ClosingWords").objects.select_related("closing"):
        for name in WORDS:
            setattr(words.closing, name, getattr(words, name))
        words.closing.save(update_fields=WORDS)


class Migration(migrations.Migration):
    dependencies = [("casework", "0081_closingwords")]
    operations = [rls.case_rows("casework_closingwords", 3), migrations.RunPython(apart, together)]
