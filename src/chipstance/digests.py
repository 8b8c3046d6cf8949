"""BLAKE2b, the digest by which articles, pieces of a run and models are known."""

try:
    # `hashlib` has it from here, and loads OpenSSL for what nobody asks of it: 3 ms of every start.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
