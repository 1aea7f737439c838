"""What opens over the window: images, export, guide, keys."""
