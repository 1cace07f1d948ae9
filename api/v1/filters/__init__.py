"""What the parameters of the API may say."""
