"""What people write into forms of the messenger."""
