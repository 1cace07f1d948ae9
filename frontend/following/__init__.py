"""Mails and feeds about visits at one place or in one country: words, letters, addresses."""
