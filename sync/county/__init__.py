"""The reference county system: receives stations' journals and photos, checks them, shows them on
plain pages.
"""
