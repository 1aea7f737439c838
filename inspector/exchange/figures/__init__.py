"""What a record amounts to, counted: the same figures for the lot report and the station."""
