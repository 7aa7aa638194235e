"""What benches measure with: a station as a process of its own, and a client that costs next to
nothing.
"""
