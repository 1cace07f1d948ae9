"""Every read of conversations that two places share; each names its viewer first."""
