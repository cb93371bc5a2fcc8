"""Renews what translators work on: theme/locale/minutebook.pot and the catalogue of each language.

    python3 scripts/translate.py [LANGUAGE...]

Without a language, every catalogue that there is; with one, such as cy, that one, which is begun if there
is none. The catalogues are read as they are: nothing has to be compiled. Exit codes: 0 done, 2 wrong use.
"""

import argparse
import sys

import bootstrap
import command


def main() -> int:
    """Write the files; returns the exit code."""
    parser = argparse.ArgumentParser(description="Renew the words for translators.")
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="such as cy, for Welsh")
    asked = parser.parse_args().languages
    bootstrap.ensure(theme=False)

    from babel import Locale, UnknownLocaleError

    from minutebook.publishing.catalogue import POT, renew, template, written

    for language in asked:
        try:
            Locale.parse(language, sep="-")
        except (UnknownLocaleError, ValueError):
            print(
                f'"{language}" is not a language; write one such as cy or en-GB.', file=sys.stderr
            )
            return 2
    POT.parent.mkdir(parents=True, exist_ok=True)
    words = template()
    POT.write_bytes(written(words))
    print(f"{POT.name}: {len(words):,} sentences and words")
    known = {path.parents[1].name for path in POT.parent.glob("*/LC_MESSAGES/minutebook.po")}
    for language in sorted(known | set(asked)):
        done, every = renew(language)
        print(f"{language}: {done:,} of {every:,} translated")
    return 0


if __name__ == "__main__":
    command.start(main)
