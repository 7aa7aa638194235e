"""What the simulated camera sees, drawn with flat shapes: a small workshop and a worker in front of
it.
"""
