"""The whole product on one machine without hardware: what a newcomer runs first.

Only what no computer has is played: a card in a hand, a finger on a button, what stands before the
camera. The drivers behind are the real ones: a serial port (a pseudo-terminal), the camera's child
process, speech, gpiozero's pins.
"""
