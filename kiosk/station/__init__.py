"""The running station. Threads and clocks live here and nowhere else."""
