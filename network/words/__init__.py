"""Words as they are compared and looked up: pure functions that every floor may use."""
