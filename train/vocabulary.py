"""Chooses the 20,000 of the base's 30,522 tokens that the careful reader keeps.

    pip install tokenizers==0.23.3
    python vocabulary.py BASE/tokenizer.json ../src/lexicon/data/jargon data > vocabulary.txt

Kept are what every text needs (special tokens, single letters, digits and signs of Latin script), what the
tables of trade terms are written with, what the drafts to train on use at least twice, and then, in the base's
order, which is that of frequency, the commonest others in ASCII. A word whose token is gone falls into
pieces that are still there.
"""

import glob
import json
import os
import sys
from collections import Counter

from tokenizers import Tokenizer

KEPT = 20_000
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
# The base's vocabulary begins with special and unused tokens and single characters; words start here.
FIRST_WORD = 1996
SIGNS = "–—‘’“”…€•"


def is_latin(token):
    return all(ord(c) < 0x250 or c in SIGNS for c in token.removeprefix("##"))


def main():
    tokenizer, terms, drafts = sys.argv[1:]
    reader = Tokenizer.from_file(tokenizer)
    reader.no_padding()
    reader.no_truncation()
    token_of = {number: token for token, number in reader.get_vocab().items()}

    def used(texts):
        counts = Counter()
        for text in texts:
            counts.update(reader.encode(text, add_special_tokens=False).ids)
        return counts

    def read(path):
        with open(path, encoding="utf-8") as f:
            return f.read()

    in_terms = used(read(path) for path in sorted(glob.glob(os.path.join(terms, "*.csv"))))
    lines = (line for path in sorted(glob.glob(os.path.join(drafts, "*.jsonl"))) for line in read(path).splitlines())
    in_drafts = used(" ".join(json.loads(line)[key] or "" for key in ("subject", "body", "history")) for line in lines)

    kept = {number for number, token in token_of.items()
            if token in SPECIAL or (len(token.removeprefix("##")) == 1 and is_latin(token))}
    kept |= set(in_terms) | {number for number, count in in_drafts.items() if count > 1}
    for number in range(FIRST_WORD, len(token_of)):
        if len(kept) >= KEPT:
            break
        if token_of[number].isascii():
            kept.add(number)
    print("\n".join(token_of[number] for number in sorted(kept)))


if __name__ == "__main__":
    main()
