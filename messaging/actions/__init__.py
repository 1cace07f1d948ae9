"""Every write to a conversation; each names its actor first."""
