"""What stands around the answers of the API."""
