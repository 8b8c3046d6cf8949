"""The command `classify`, a file for each command."""

import gc

# Before anything else is imported. What imports make stays, and what a batch makes lives until it
# is written: looking for garbage among it finds none.
gc.set_threshold(50_000, 20, 20)
