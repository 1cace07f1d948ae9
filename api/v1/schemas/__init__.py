"""What the answers of the API look like, as named JSON schemas: a module for each resource."""
