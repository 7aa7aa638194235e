"""The worker's touch screen at the door, on the loopback address.

`screens` decides what is shown and said, as a pure function of the station's snapshot; `app` serves
it to the browser.
"""
