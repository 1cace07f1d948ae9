"""What the answers of the API look like."""
