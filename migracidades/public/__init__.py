"""What anyone may see: pages that join several apps. They read published editions only, and never live answers."""
