"""From views to probabilities: the trie, and the walks through it.

`few` scores a few views in the standard library, `scorer` any number with numpy, on the walk of
`walking`. `many` walks nothing: with `laying` it makes the views of many sentences, for `scorer`
to score.
"""
