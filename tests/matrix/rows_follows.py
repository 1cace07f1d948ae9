"""The pages of mails about a place or country: for everybody, and nobody is signed in there."""

OPEN = {
    "follow:asked": "says the same of every address",
    "follow:confirm": "knows only who has the link of a mail",
    "follow:end": "knows only who has the link of a mail",
    "follow:follow": "takes an address and tells nothing of it",
}
