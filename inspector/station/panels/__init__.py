"""What lies around the pictures: lists, answers, bars and notices."""
