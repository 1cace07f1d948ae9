"""What an organization's export holds, part by part."""
