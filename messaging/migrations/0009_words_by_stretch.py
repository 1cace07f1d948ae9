"""Words of messages by stretches of their conversation: none of before somebody came is walked."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("messaging", "0008_log_indexes")]

    operations = [
        # The database works it out for the rows that are there, too.
        migrations.AddField(
            model_name="messageword",
            name="stretch",
            field=models.GeneratedField(
                expression=models.F("seq") / 1000,
                output_field=models.BigIntegerField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(
            model_name="messageword",
            index=models.Index(
                fields=["conversation", "stretch", "word", "seq", "message"],
                name="message_word_by_stretch",
            ),
        ),
        migrations.RemoveIndex(model_name="messageword", name="message_word_by_word"),
    ]
