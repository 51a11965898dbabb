"""Who writes to us: one record per person, and every address they use."""
