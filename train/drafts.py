"""Labelled drafts as tensors."""

import json
import os
import random
import re

import torch

SENTENCE_RULES = [
    "bad-news", "missing-rationale", "softened-bad-news", "vague-commitment", "overcommitment", "blame",
    "unprofessional", "contract-threat", "flat-refusal", "disowned-mistake", "run-around", "hard-sell",
    "hedging", "review-before-sending", "jargon",
]
TOKEN_RULES = ["jargon", "softened-bad-news", "promise"]
DRAFT_RULES = ["call", "bad-news-without-plan", "buried-bad-news", "invoice-with-bad-news"]
WINDOW = 384
JARGON = SENTENCE_RULES.index("jargon")
JARGON_WORDS = TOKEN_RULES.index("jargon")
# Stands on the date by which something is promised. It is no fault, and labelled apart from the drafts.
PROMISE = TOKEN_RULES.index("promise")
# How much a word of a sentence counts that is no date: there is nothing to decide.
NO_DATE = 0.1


class Row:
    """One window with its labels; `promises` has the promised dates of the sentences that were labelled for them."""

    def __init__(self, draft, window, single, ids_of_marks, date_mark, promises):
        body = draft["body"].encode()
        self.id = draft["id"]
        self.tokens = torch.tensor(window["tokens"])
        self.types = torch.tensor(window["types"])
        self.marks = [(at, ids_of_marks[mark]) for at, mark in window["marks"]]
        spans = window["sentences"]
        self.sentences = [s[0] for s in spans]
        # A sentence is scored in the window in which it has most context.
        self.taken = [bool(s[5]) for s in spans]
        self.owner = torch.full((len(self.tokens),), -1)
        for at, (_, first, last, *_) in enumerate(spans):
            self.owner[first:last] = at
        self.of_sentences = torch.zeros(len(spans), len(SENTENCE_RULES))
        self.of_tokens = torch.zeros(len(self.tokens), len(TOKEN_RULES))
        self.of_draft = torch.zeros(len(DRAFT_RULES))
        # Labels of whole drafts count where the whole draft is in view.
        self.whole = single
        # Among colleagues the terms of a trade are neither faults nor none: nobody has labelled them.
        self.has_client = draft.get("client") is not None
        # How much each word counts where dates are judged, and where they are labelled.
        self.dates = torch.where(self.owner >= 0, NO_DATE, 0.0)
        self.dates[[at for at, mark in self.marks if mark == date_mark and self.owner[at] >= 0]] = 1.0
        self.dated = torch.zeros(len(self.tokens))
        # How much the other labels count, and what a teacher thinks: sentences, words, draft.
        self.labelled = 1.0
        self.opinion = None
        # Whether a model that goes on has not learned from it yet.
        self.is_new = False
        # Whether that opinion is one on dates, too.
        self.knows_dates = True
        self.of_draft[0] = float(draft["call"])
        for label in draft["gold"]:
            rule, quote = label["rule"], label["quote"].encode()
            if rule in DRAFT_RULES:
                self.of_draft[DRAFT_RULES.index(rule)] = 1
            start = body.find(quote) if quote else -1
            if start < 0 or rule not in SENTENCE_RULES:
                continue
            end = start + len(quote)
            for at, (_, _, _, first, last, _) in enumerate(spans):
                if start < last and end > first:
                    self.of_sentences[at, SENTENCE_RULES.index(rule)] = 1
            if rule in TOKEN_RULES:
                self.label_words(window, start, end, TOKEN_RULES.index(rule))
        whole = promises.get(plain(draft["body"]))
        for first, last, start, end in [s[1:5] for s in spans]:
            promised = promises.get(plain(body[start:end].decode())) if whole is None else whole
            if promised is None:
                continue
            self.dated[first:last] = self.dates[first:last]
            for date in promised:
                for found in re.finditer(rb"\s+".join(map(re.escape, date.encode().split())), body[start:end]):
                    self.label_words(window, start + found.start(), start + found.end(), PROMISE)

    def is_judged(self):
        """Whether labels or opinions say what is wrong with it."""
        return self.labelled > 0 or self.opinion is not None

    def label_words(self, window, start, end, rule):
        for first, last, begin, stop in window["words"]:
            if begin < end and stop > start:
                self.of_tokens[first:last, rule] = 1


def plain(text):
    """A text on one line."""
    return " ".join(text.split())


def promises_in(files):
    """The dates by which something is promised, for each labelled sentence of these files."""
    promises = {}
    for name in files:
        with open(name, encoding="utf-8") as lines:
            for line in map(json.loads, lines):
                promises[plain(line["body"])] = line["promised"]
    return promises


def load(files, folder, mark_names, promises):
    """Rows of all files; names of marks that are not in `mark_names` yet are added."""
    rows = []
    for name in files:
        inputs = os.path.join(folder, stem(name) + ".inputs")
        with open(name, encoding="utf-8") as drafts, open(inputs, encoding="utf-8") as lines:
            names = json.loads(next(lines))["marks"]
            mark_names.extend(n for n in names if n not in mark_names)
            ids = [mark_names.index(n) for n in names]
            date_mark = mark_names.index("date")
            for draft, line in zip(drafts, lines, strict=True):
                draft, seen = json.loads(draft), json.loads(line)
                if draft["id"] != seen["id"]:
                    raise SystemExit(f"{inputs} was made from other drafts than {name}: {seen['id']}, not {draft['id']}")
                windows = [w for w in seen["windows"] if w["sentences"]]
                rows.extend(Row(draft, w, len(windows) == 1, ids, date_mark, promises) for w in windows)
    return rows


def sentences(args, mark_names, promises):
    """The sentences of which only the dates are labelled, each by itself."""
    rows = load(args.promises, args.inputs, mark_names, promises)
    for row in rows:
        row.labelled = 0.0
    return rows


def watched(args, mark_names):
    """What is reported on, by name: drafts, and sentences with promised dates."""
    drafts = {stem(name): load([name], args.inputs, mark_names, {}) for name in args.dev}
    promised = {stem(name): load([name], args.inputs, mark_names, promises_in([name])) for name in args.dev_promises}
    return drafts | promised


def stem(name):
    return os.path.splitext(os.path.basename(name))[0]


def in_batches(rows, size):
    """Indices of rows, so many at a time: those of about one length share a step, so that little is padding.

    Sentences of which only the dates are labelled share steps with one another, four times as many.
    """
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].tokens) + random.random() * 40)
    drafts = [i for i in order if rows[i].is_judged()]
    sentences = [i for i in order if not rows[i].is_judged()]
    batches = [group[i : i + step] for group, step in ((drafts, size), (sentences, 4 * size)) for i in range(0, len(group), step)]
    random.shuffle(batches)
    return batches


class Batch:
    """Rows side by side; with `args` some of their words and marks are hidden, which trains against learning by heart."""

    def __init__(self, rows, args=None, mask_token=None):
        length = max(len(r.tokens) for r in rows)
        count = max(len(r.sentences) for r in rows)
        size = len(rows)
        self.count = count
        self.tokens = torch.zeros(size, length, dtype=torch.long)
        self.types = torch.zeros(size, length, dtype=torch.long)
        self.present = torch.zeros(size, length)
        self.owner = torch.full((size, length), -1)
        self.labels = Judgements.empty(size, count, length)
        self.opinions = Judgements.empty(size, count, length)
        self.real = torch.zeros(size, count)
        self.dates = torch.zeros(size, length)
        self.dated = torch.zeros(size, length)
        self.whole = torch.tensor([float(r.whole) for r in rows])
        self.has_client = torch.tensor([float(r.has_client) for r in rows])
        self.labelled = torch.tensor([r.labelled for r in rows])
        self.judged = torch.tensor([float(r.opinion is not None) for r in rows])
        self.judged_dates = torch.tensor([float(r.opinion is not None and r.knows_dates) for r in rows])
        where, which = [], []
        for i, r in enumerate(rows):
            n = len(r.tokens)
            tokens = r.tokens
            if args and args.word_dropout:
                hidden = (torch.rand(n) < args.word_dropout) & (r.owner >= 0)
                tokens = torch.where(hidden, torch.tensor(mask_token), tokens)
            self.tokens[i, :n], self.types[i, :n], self.present[i, :n] = tokens, r.types, 1
            self.owner[i, :n] = r.owner
            self.dates[i, :n], self.dated[i, :n] = r.dates, r.dated
            self.real[i, : len(r.sentences)] = 1
            self.labels.put(i, r.of_sentences, r.of_tokens, r.of_draft)
            if r.opinion is not None:
                self.opinions.put(i, *r.opinion)
            none = args and random.random() < args.mark_dropout
            gone = {m for _, m in r.marks if args and random.random() < args.mark_dropout}
            kept = [] if none else [(at, m) for at, m in r.marks if m not in gone]
            where.extend(i * length + at for at, _ in kept)
            which.extend(m for _, m in kept)
        self.where = torch.tensor(where, dtype=torch.long)
        self.which = torch.tensor(which, dtype=torch.long)


class Judgements:
    """What is thought of each sentence, word and draft of a batch, as probabilities."""

    def __init__(self, sentences, words, draft):
        self.sentences, self.words, self.draft = sentences, words, draft

    @classmethod
    def empty(cls, size, count, length):
        return cls(torch.zeros(size, count, len(SENTENCE_RULES)), torch.zeros(size, length, len(TOKEN_RULES)),
                   torch.zeros(size, len(DRAFT_RULES)))

    def put(self, at, sentences, words, draft):
        self.sentences[at, : len(sentences)] = sentences
        self.words[at, : len(words)] = words
        self.draft[at] = draft
