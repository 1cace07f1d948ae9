"""What stands between a request with a token and the view that answers it."""
