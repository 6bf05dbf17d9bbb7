"""Who asks: keys, roles and certificates, and how requests leave."""
