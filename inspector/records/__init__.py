"""What must not be lost: judgements and decisions on disk."""
