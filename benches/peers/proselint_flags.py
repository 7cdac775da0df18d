"""What proselint flags in drafts, in the form of flags.mjs: python3 proselint_flags.py FILE"""

import json
import sys

from proselint.checks import __register__
from proselint.config import DEFAULT
from proselint.registry import CheckRegistry
from proselint.tools import LintFile

CheckRegistry().register_many(__register__)

with open(sys.argv[1], encoding="utf-8") as lines:
    for line in filter(str.strip, lines):
        body = json.loads(line)["body"]
        flags = []
        for result in LintFile("draft.txt", body).lint(DEFAULT):
            # Spans count from one, in characters.
            start, end = (len(body[: at - 1].encode()) for at in result.check_result.span)
            flags.append(["proselint", result.check_result.check_path, start, end])
        print(json.dumps(flags))
