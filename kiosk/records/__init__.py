"""What is recorded, one folder a subject."""
