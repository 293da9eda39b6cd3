"""What the experts wrote: YAML files of the knowledge base turned into model objects."""
