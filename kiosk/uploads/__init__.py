"""Whatever a stranger's file is: opened in a child with limits, nowhere else.

`children.ask` starts a child by `bounded`, which limits itself before it loads the program that
reads the file; `answers` is how that program answers.
"""
