"""The small fleet that the demo shows at work."""
