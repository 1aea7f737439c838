"""The wafer in the middle: tiles, layers, answers and heat over real pixels."""
