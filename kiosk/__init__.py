"""What a pre-shift check is, and running one."""
