"""What every page of a group's desk stands on."""
