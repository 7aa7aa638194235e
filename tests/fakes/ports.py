"""Ports that have to be known before anybody listens on them."""

from __future__ import annotations

import socket

_BELOW_THE_KERNELS_OWN = range(20_000, 30_000)
"""Linux takes the ports of connections, and those it is asked to choose, from 32768 on."""
_lent: list[socket.socket] = []


def free_port() -> int:
    """Lend a port of the loopback address that nobody listens on, until this process ends.

    No two test processes of a machine are lent the same: a name that only one can bind stands for
    each port, and the kernel gives it back with the process.
    """
    for port in _BELOW_THE_KERNELS_OWN:
        name = socket.socket(socket.AF_UNIX)
        try:
            name.bind(f"\0banqian-test-port-{port}")
            with socket.create_server(("127.0.0.1", port)):
                pass
        except OSError:
            name.close()
        else:
            _lent.append(name)
            return port
    raise AssertionError("no port is left to be lent")
