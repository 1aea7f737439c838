"""The page of models: which one is in use, which ones wait, and what each must show first."""
