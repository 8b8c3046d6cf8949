"""From views to probabilities: the trie, and the walks through it for few and for many."""
