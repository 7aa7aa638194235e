"""内容: the factory's own packs, from a copy or from nothing to a published version.

A draft is a file of this process; only `PublishPack` makes anything of it, at the station.
"""
