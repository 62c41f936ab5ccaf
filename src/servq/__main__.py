"""`python -m servq` is the same as `servq`."""

from servq.cli import main

if __name__ == "__main__":
    main()
