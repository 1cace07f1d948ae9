"""Asking groups whether their public entries are still right, and taking the answer."""
