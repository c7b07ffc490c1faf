"""Labs: short interactive lessons."""
