"""Pages: HTML first, complete with scripts off."""
