"""The pages of mails that messages wait: one's own choice, and the link that ends them."""

PERSONAL = {"account:mails"}
OPEN = {"account:end_mails": "knows only who has the link of a mail"}
