"""Views of HSDS, one module a resource."""
