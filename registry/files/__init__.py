"""The outside world of files: where they lie, what they are, what stands in them."""
