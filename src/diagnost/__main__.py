"""Entry point: ``python -m diagnost`` and the ``diagnost`` script."""

from diagnost.cli.start import main

if __name__ == "__main__":
    main()
