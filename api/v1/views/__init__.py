"""Views, one module a resource."""
