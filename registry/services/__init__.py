"""The use cases, one module per subject; a public function that changes something is one transaction."""
