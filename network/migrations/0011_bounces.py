"""Mails that came back."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0010_coalitions'),
    ]

    # Columns that may be empty: SQLite adds them in place, and the tables keep their triggers.
    operations = [
        migrations.AddField(
            model_name='person',
            name='mail_bounced_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='membername',
            name='mail_bounced_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='membership',
            name='reminders_off_on',
            field=models.DateField(blank=True, null=True),
        ),
    ]
