"""Who answers before a person does."""
