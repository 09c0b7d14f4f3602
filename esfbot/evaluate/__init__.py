"""How good the answers are: question sets read, asked of a service, and the answers judged."""
