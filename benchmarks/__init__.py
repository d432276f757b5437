"""What each hot path costs, as multiples of a floor measured in the same minute."""
