"""Every read that two places share."""
