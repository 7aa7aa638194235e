"""What people see: the worker's touch screen and the supervisor's pages.

Only this package knows HTTP requests and HTML.
"""
