"""Rows that are written are put into the outbox by the database."""

from django.db import migrations

from exchange import outbox


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_initial"),
        ("casework", "0065_updated_since"),
        ("victims", "0031_updated_since"),
        ("prosecutions", "0053_updated_since"),
        ("aftercare", "0039_updated_since"),
    ]
    operations = [
        outbox.function(),
        outbox.watch("casework_case", "cases"),
        outbox.watch("casework_rescue", "rescues"),
        outbox.watch("casework_site", "sites"),
        outbox.watch("victims_involvement", "involvements"),
        outbox.watch("prosecutions_suspect", "suspects"),
        outbox.watch("prosecutions_arrest", "arrests"),
        outbox.watch("prosecutions_complaint", "complaints"),
        outbox.watch("prosecutions_prosecution", "prosecutions"),
        outbox.watch("prosecutions_charge", "charges"),
        outbox.watch("prosecutions_hearing", "hearings"),
        outbox.watch("prosecutions_judgment", "judgments"),
        outbox.watch("prosecutions_sentence", "sentences"),
        outbox.watch("aftercare_referral", "referrals"),
        outbox.watch("aftercare_placement", "placements"),
        outbox.watch("aftercare_releasecertificate", "release-certificates"),
    ]
