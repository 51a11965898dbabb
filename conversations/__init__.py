"""What is said and decided: conversations, messages and the verbs that change them."""
