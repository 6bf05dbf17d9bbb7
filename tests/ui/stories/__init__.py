"""The cockpit as somebody uses it: sessions that read like what was seen and pressed."""
