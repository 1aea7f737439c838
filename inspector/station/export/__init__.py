"""The page that hands answers out, and teaches a model with them."""
