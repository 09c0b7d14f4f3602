"""Run the command line: ``python -m esfbot``."""

from esfbot.cli import main

if __name__ == "__main__":
    main()
