"""What leaves and enters: labelled datasets."""
