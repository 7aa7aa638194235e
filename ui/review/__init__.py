"""The supervisor's pages on the LAN: today's checks live, one check with its photos, and the
verdict (复核).

A process of its own, without devices: it reads the journal, sends commands to the station and
listens on loopback behind nginx.
"""
