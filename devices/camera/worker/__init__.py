"""The child process that holds the camera.

This package, and nothing else, imports cv2 and numpy.

`python -m devices.camera.worker DRIVER` talks on its standard input, which is a socket, in the
messages of `devices.camera.messages`; first come the driver's settings. `devices.camera.child`
starts it. The modules named like the drivers are their other half: the `Source` that reads the
hardware.
"""
