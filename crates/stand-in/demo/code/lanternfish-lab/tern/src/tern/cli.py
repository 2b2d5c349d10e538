"""The command line."""

import argparse
from pathlib import Path


def main() -> None:
    """Train or evaluate as told."""
    parser = argparse.ArgumentParser(prog="tern")
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="train from a configuration file")
    train.add_argument("configuration", type=Path)
    evaluate = commands.add_parser("evaluate", help="repeat the numbers of the model card")
    evaluate.add_argument("--split", default="test", choices=["validation", "test"])
    arguments = parser.parse_args()
    print(arguments)
