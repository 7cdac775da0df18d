"""Makes drafts without labels out of labelled ones, for a teacher to judge.

    python mixing.py --count N --out FILE DRAFTS...

A sentence teaches most in company it was not written for: bad news without its plan, a decision beside
somebody else's reason, thanks where an apology stood. So sentences of a draft are left out, or those of
another are put between them. What results is labelled by nobody; `teacher.py` says what it makes of it.
"""

import argparse
import json
import random
import re

# A sentence ends where a mark of its end is followed by a space and a capital.
ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“‘'(])")
LONGEST = 1800


def blocks(body):
    """Paragraphs, each a list of sentences."""
    return [ENDS.split(p) for p in body.split("\n\n") if p.strip()]


def thinned(rng, body):
    """The body with one to three of its sentences left out."""
    paragraphs = blocks(body)
    places = [(i, j) for i, p in enumerate(paragraphs) for j in range(len(p))][1:-1]
    if len(places) < 3:
        return None
    gone = set(rng.sample(places, rng.randint(1, min(3, len(places) - 2))))
    left = [[s for j, s in enumerate(p) if (i, j) not in gone] for i, p in enumerate(paragraphs)]
    return "\n\n".join(" ".join(p) for p in left if p)


def joined(rng, body, other):
    """The body with one to three neighbouring sentences of another put into it."""
    paragraphs, theirs = blocks(body), [s for p in blocks(other)[1:-1] for s in p]
    if len(paragraphs) < 2 or not theirs:
        return None
    first = rng.randrange(len(theirs))
    guests = theirs[first : first + rng.randint(1, 3)]
    at = rng.randrange(1, len(paragraphs))
    if rng.random() < 0.5:
        paragraphs.insert(at, guests)
    else:
        place = rng.randint(0, len(paragraphs[at]))
        paragraphs[at][place:place] = guests
    return "\n\n".join(" ".join(p) for p in paragraphs)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--count", type=int, required=True)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--out", required=True)
    p.add_argument("drafts", nargs="+")
    args = p.parse_args()
    rng = random.Random(args.seed)
    drafts = []
    for name in args.drafts:
        with open(name, encoding="utf-8") as f:
            drafts.extend(map(json.loads, f))
    made = 0
    with open(args.out, "w", encoding="utf-8") as out:
        while made < args.count:
            one, other = rng.sample(drafts, 2)
            body = thinned(rng, one["body"]) if rng.random() < 0.4 else joined(rng, one["body"], other["body"])
            if not body or len(body) > LONGEST:
                continue
            made += 1
            subject = other["subject"] if rng.random() < 0.15 else one["subject"]
            mixed = {**one, "id": f"mixed-{made}", "subject": subject, "body": body, "gold": [], "call": False}
            out.write(json.dumps(mixed, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
