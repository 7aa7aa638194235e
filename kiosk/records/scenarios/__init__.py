"""Scenes that workers proposed (事故假想)."""
