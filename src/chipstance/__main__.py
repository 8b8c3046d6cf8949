"""`python -m chipstance`: the command `classify`, where its script is on no path."""

from chipstance.cli.main import main

if __name__ == "__main__":
    main()
