"""Whatever a stranger's file is: opened in a child with limits."""
