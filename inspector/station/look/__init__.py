"""How things look: palette, icons, glyphs, the language of the screen."""
