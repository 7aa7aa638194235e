"""What each process is put together from: the only code that names concrete parts."""
