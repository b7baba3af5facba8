# ruff: noqa: E501
"""A whole office can be taken away as a workbook."""

from django.db import migrations, models

WHAT = [
    ("cases", "Cases"),
    ("rescues", "Rescues"),
    ("sites", "Sites"),
    ("victims", "Survivors"),
    ("involvements", "Survivors in cases"),
    ("suspects", "Suspects"),
    ("arrests", "Arrests"),
    ("complaints", "Complaints"),
    ("prosecutions", "Proceedings"),
    ("charges", "Charges"),
    ("hearings", "Hearings"),
    ("judgments", "Judgments"),
    ("appeals", "Appeals"),
    ("sentences", "Sentences"),
    ("referrals", "Referrals"),
    ("service-records", "Services given"),
    ("placements", "Placements"),
    ("release-certificates", "Release certificates"),
    ("identities", "Names and contacts of survivors"),
    ("case", "A whole case, with its documents"),
    ("workbook", "The workbook of an office, to move elsewhere"),
]


class Migration(migrations.Migration):
    dependencies = [("exchange", "0012_exports")]
    operations = [
        migrations.AlterField(
            model_name="export",
            name="what",
            field=models.CharField(choices=WHAT, max_length=30),
        ),
    ]
