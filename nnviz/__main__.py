"""Lets `python -m nnviz` do what the command `nnviz` does."""

from nnviz.launch import main

if __name__ == "__main__":
    main()
