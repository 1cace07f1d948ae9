"""What is read, by pages and API alike."""
