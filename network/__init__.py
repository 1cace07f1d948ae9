"""Ground floor: who we are and whom we trust."""
