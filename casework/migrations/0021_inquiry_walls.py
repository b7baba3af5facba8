"""Inquiries, closings of sites and what was taken off a rescue obey the case they belong to."""

from django.db import migrations

from core import rls

TRACKED = ("lead", "investigationstep", "onlineincident", "siteclosing", "samesite")


class Migration(migrations.Migration):
    dependencies = [("casework", "0020_inquiry")]
    operations = [
        *(rls.case_rows(f"casework_{name}", 2) for name in TRACKED),
        *(rls.case_rows(f"casework_{name}", 3) for name in ("leadwords", "stepwords")),
        *(
            rls.case_history(f"casework_{name}event", 2)
            for name in (*TRACKED, "rescuesite", "rescueagency")
        ),
        rls.shown("casework_siteclosing", "site"),
        rls.shown("casework_samesite", "site"),
    ]
