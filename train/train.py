"""Fine-tunes the careful reader and writes the file that Candor reads with.

    python train.py --drafts FILE... --inputs FOLDER --base FOLDER --vocabulary FILE --out FILE [options]

INPUTS holds, for each file of drafts, what `cargo xtask train` makes of it (windows of tokens, marks,
sentences), so that training sees exactly what reading sees. BASE holds the weights and the tokenizer of
all-MiniLM-L6-v2. See README.md for what this was trained on, and why it is trained in this way.
"""

import argparse
import json
import math
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from export import export, fake_quantise_table

SENTENCE_RULES = [
    "bad-news", "missing-rationale", "softened-bad-news", "vague-commitment", "overcommitment", "blame",
    "unprofessional", "contract-threat", "flat-refusal", "disowned-mistake", "run-around", "hard-sell",
    "hedging", "review-before-sending", "jargon",
]
TOKEN_RULES = ["jargon", "softened-bad-news"]
DRAFT_RULES = ["call", "bad-news-without-plan", "buried-bad-news", "invoice-with-bad-news"]
HIDDEN, HEADS, LAYERS, WINDOW = 384, 12, 6, 384
MASK = "[MASK]"


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--drafts", nargs="+", required=True, help="labelled drafts to train on")
    p.add_argument("--dev", nargs="*", default=[], help="labelled drafts to choose and report on, never trained on")
    p.add_argument("--inputs", required=True, help="folder with NAME.inputs for each NAME.jsonl of drafts")
    p.add_argument("--base", required=True, help="folder with model.safetensors and tokenizer.json")
    p.add_argument("--vocabulary", required=True, help="the tokens to keep, one a line")
    p.add_argument("--out", required=True, help="the model file to write")
    p.add_argument("--epochs", type=int, default=8)
    p.add_argument("--rate", type=float, default=1e-4, help="learning rate of the topmost layer")
    p.add_argument("--batch", type=int, default=8, help="windows in a step")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--dropout", type=float, default=0.1)
    p.add_argument("--word-dropout", type=float, default=0.05, help="share of tokens that are masked")
    p.add_argument("--mark-dropout", type=float, default=0.1, help="share of kinds of marks that are left out")
    p.add_argument("--share", type=float, default=1.0, help="share of the drafts to train on, for the learning curve")
    p.add_argument("--threads", type=int, default=2)
    return p.parse_args()


class Row:
    """One window with its labels."""

    def __init__(self, draft, window, single, ids_of_marks):
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
                for first, last, begin, stop in window["words"]:
                    if begin < end and stop > start:
                        self.of_tokens[first:last, TOKEN_RULES.index(rule)] = 1


def load(files, folder, mark_names):
    """Rows of all files; names of marks that are not in `mark_names` yet are added."""
    rows = []
    for name in files:
        inputs = os.path.join(folder, os.path.splitext(os.path.basename(name))[0] + ".inputs")
        with open(name, encoding="utf-8") as drafts, open(inputs, encoding="utf-8") as lines:
            names = json.loads(next(lines))["marks"]
            mark_names.extend(n for n in names if n not in mark_names)
            ids = [mark_names.index(n) for n in names]
            for draft, line in zip(drafts, lines, strict=True):
                draft, seen = json.loads(draft), json.loads(line)
                if draft["id"] != seen["id"]:
                    raise SystemExit(f"{inputs} was made from other drafts than {name}: {seen['id']}, not {draft['id']}")
                windows = [w for w in seen["windows"] if w["sentences"]]
                rows.extend(Row(draft, w, len(windows) == 1, ids) for w in windows)
    return rows


class Batch:
    def __init__(self, rows, args=None, mask_token=None):
        length = max(len(r.tokens) for r in rows)
        count = max(len(r.sentences) for r in rows)
        size = len(rows)
        self.count = count
        self.tokens = torch.zeros(size, length, dtype=torch.long)
        self.types = torch.zeros(size, length, dtype=torch.long)
        self.present = torch.zeros(size, length)
        self.owner = torch.full((size, length), -1)
        self.sentences = torch.zeros(size, count, len(SENTENCE_RULES))
        self.real = torch.zeros(size, count)
        self.words = torch.zeros(size, length, len(TOKEN_RULES))
        self.draft = torch.stack([r.of_draft for r in rows])
        self.whole = torch.tensor([float(r.whole) for r in rows])
        where, which = [], []
        for i, r in enumerate(rows):
            n = len(r.tokens)
            tokens = r.tokens
            if args and args.word_dropout:
                hidden = (torch.rand(n) < args.word_dropout) & (r.owner >= 0)
                tokens = torch.where(hidden, torch.tensor(mask_token), tokens)
            self.tokens[i, :n], self.types[i, :n], self.present[i, :n] = tokens, r.types, 1
            self.owner[i, :n] = r.owner
            self.sentences[i, : len(r.sentences)], self.real[i, : len(r.sentences)] = r.of_sentences, 1
            self.words[i, :n] = r.of_tokens
            none = args and random.random() < args.mark_dropout
            gone = {m for _, m in r.marks if args and random.random() < args.mark_dropout}
            kept = [] if none else [(at, m) for at, m in r.marks if m not in gone]
            where.extend(i * length + at for at, _ in kept)
            which.extend(m for _, m in kept)
        self.where = torch.tensor(where, dtype=torch.long)
        self.which = torch.tensor(which, dtype=torch.long)


class Dropout(nn.Module):
    """Dropout from a pool of random bits: drawing them anew takes a quarter of a step on a CPU."""

    def __init__(self, share):
        super().__init__()
        self.share = share
        self.pool = (torch.rand(1 << 23) >= share).to(torch.bfloat16) / (1 - share) if share else None

    def forward(self, x):
        if not self.training or not self.share:
            return x
        start = random.randrange(self.pool.numel() - x.numel())
        return x * self.pool[start : start + x.numel()].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))
        self.output = nn.Linear(HIDDEN, HIDDEN)
        self.attention_norm = nn.LayerNorm(HIDDEN, 1e-12)
        self.up, self.down = nn.Linear(HIDDEN, 4 * HIDDEN), nn.Linear(4 * HIDDEN, HIDDEN)
        self.output_norm = nn.LayerNorm(HIDDEN, 1e-12)
        self.dropout = dropout

    def forward(self, x, bias):
        batch, length, _ = x.shape
        heads = lambda t: t.view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2)
        scores = heads(self.query(x)) @ heads(self.key(x)).transpose(-1, -2) * (HEADS / HIDDEN) ** 0.5
        weights = torch.softmax(scores + bias, -1, dtype=torch.float32).to(x.dtype)
        mixed = (weights @ heads(self.value(x))).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.attention_norm(x + self.dropout(self.output(mixed)))
        inner = F.gelu(self.up(x), approximate="tanh")
        return self.output_norm(x + self.dropout(self.down(inner)))


class Reader(nn.Module):
    def __init__(self, base, kept, marks, dropout):
        """`kept` are the rows of the base's vocabulary that stay."""
        super().__init__()
        self.dropout = Dropout(dropout)
        self.word = nn.Embedding(len(kept), HIDDEN)
        self.position = nn.Embedding(WINDOW, HIDDEN)
        self.kind = nn.Embedding(2, HIDDEN)
        self.marks = nn.Embedding(marks, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, 1e-12)
        self.layer = nn.ModuleList(Layer(self.dropout) for _ in range(LAYERS))
        self.sentence = nn.Linear(HIDDEN, len(SENTENCE_RULES))
        self.token = nn.Linear(HIDDEN, len(TOKEN_RULES))
        self.draft = nn.Linear(HIDDEN, len(DRAFT_RULES))
        for head in (self.sentence, self.token, self.draft):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.constant_(head.bias, -2.0)
        nn.init.normal_(self.marks.weight, std=0.01)
        self.take_over(base, kept)

    def take_over(self, base, kept):
        copy = lambda to, name: to.data.copy_(base[name])
        # Four bits a value are all that is shipped of this table, so it is trained with those.
        self.word.weight.data.copy_(fake_quantise_table(base["embeddings.word_embeddings.weight"][kept]))
        self.word.weight.requires_grad_(False)
        self.position.weight.data.copy_(base["embeddings.position_embeddings.weight"][:WINDOW])
        copy(self.kind.weight, "embeddings.token_type_embeddings.weight")
        copy(self.norm.weight, "embeddings.LayerNorm.weight")
        copy(self.norm.bias, "embeddings.LayerNorm.bias")
        names = dict(query="attention.self.query", key="attention.self.key", value="attention.self.value",
                     output="attention.output.dense", attention_norm="attention.output.LayerNorm",
                     up="intermediate.dense", down="output.dense", output_norm="output.LayerNorm")
        for at, layer in enumerate(self.layer):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    copy(getattr(getattr(layer, ours), part), f"encoder.layer.{at}.{theirs}.{part}")

    def forward(self, batch):
        size, length = batch.tokens.shape
        x = self.word(batch.tokens) + self.position.weight[:length] + self.kind(batch.types)
        marked = torch.zeros(size * length, HIDDEN).index_add(0, batch.where, self.marks(batch.which))
        x = self.dropout(self.norm(x + marked.view_as(x))).to(torch.bfloat16)
        bias = ((batch.present[:, None, None, :] - 1) * 1e4).to(torch.bfloat16)
        for layer in self.layer:
            x = layer(x, bias)
        owners = F.one_hot(batch.owner + 1, batch.count + 1)[..., 1:].to(x.dtype)
        pooled = torch.einsum("bln,blh->bnh", owners, x) / owners.sum(1).clamp(min=1)[..., None]
        return self.sentence(self.dropout(pooled)), self.token(x), self.draft(self.dropout(x[:, 0]))


def groups(model, rate):
    """Deeper layers learn more slowly, what is new learns faster."""
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        scale = 1.0
        if name.startswith(("sentence.", "token.", "draft.", "marks.")):
            scale = 8.0
        elif name.startswith("layer."):
            scale = 0.9 ** (LAYERS - 1 - int(name.split(".")[1]))
        else:
            scale = 0.4
        yield dict(params=[p], lr=rate * scale, weight_decay=0.0 if p.ndim < 2 else 0.01)


def predict(model, rows):
    """Probabilities by sentence, draft and token, in the order of the rows."""
    model.eval()
    out = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for at in range(0, len(rows), 16):
            part = rows[at : at + 16]
            sentences, words, draft = (s.float().sigmoid().numpy() for s in model(Batch(part)))
            for i, r in enumerate(part):
                out.append((sentences[i, : len(r.sentences)], draft[i], words[i, : len(r.tokens)]))
    model.train()
    return out


def f1(p, gold, at):
    said = p >= at
    met = (said & gold).sum()
    return met / max(1, said.sum()), met / max(1, gold.sum()), 2 * met / max(1, said.sum() + gold.sum())


def best(p, gold):
    return max(((*f1(p, gold, at), at) for at in np.arange(0.1, 0.96, 0.05)), key=lambda x: x[2])


def report(rows, predictions, full=False):
    """Figures on rows, by sentence; one line, or a table."""
    taken = [np.array(r.taken) for r in rows]
    p = np.concatenate([x[0][t] for x, t in zip(predictions, taken)])
    gold = np.concatenate([r.of_sentences.numpy()[t] for r, t in zip(rows, taken)]) > 0.5
    whole = [i for i, r in enumerate(rows) if r.whole]
    pd = np.array([predictions[i][1] for i in whole])
    gd = np.array([rows[i].of_draft.numpy() for i in whole]) > 0.5
    pt = np.concatenate([x[2] for x in predictions])
    gt = np.concatenate([r.of_tokens.numpy() for r in rows]) > 0.5
    at = [best(p[:, i], gold[:, i]) for i in range(len(SENTENCE_RULES))]
    half = [f1(p[:, i], gold[:, i], 0.5)[2] for i in range(len(SENTENCE_RULES))]
    right = max(((pd[:, 0] >= t) == gd[:, 0]).mean() for t in np.arange(0.1, 0.9, 0.05))
    line = (f"bad-news {half[0]:.2f} best {at[0][2]:.2f} | rationale {at[1][2]:.2f} softened {at[2][2]:.2f} | mean "
            f"{np.mean(half):.3f} best {np.mean([x[2] for x in at]):.3f} | call {right:.2f} buried "
            f"{best(pd[:, 2], gd[:, 2])[2]:.2f} plan {best(pd[:, 1], gd[:, 1])[2]:.2f} | term tokens {best(pt[:, 0], gt[:, 0])[2]:.2f}")
    if full:
        for names, q, g in ((SENTENCE_RULES, p, gold), (DRAFT_RULES, pd, gd), (TOKEN_RULES, pt, gt)):
            for i, name in enumerate(names):
                a, b = f1(q[:, i], g[:, i], 0.5), best(q[:, i], g[:, i])
                line += (f"\n  {name:<22} at .5 {a[0]:.2f} {a[1]:.2f} {a[2]:.2f}   best {b[0]:.2f} {b[1]:.2f} {b[2]:.2f} "
                         f"at {b[3]:.2f}   {int(g[:, i].sum())} labels")
    return line


def main():
    args = parse()
    random.seed(args.seed)
    np.random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    mark_names = []
    rows = load(args.drafts, args.inputs, mark_names)
    dev = {name: load([name], args.inputs, mark_names) for name in args.dev}
    if args.share < 1:
        drafts = sorted({r.id for r in rows})
        random.shuffle(drafts)
        few = set(drafts[: round(len(drafts) * args.share)])
        rows = [r for r in rows if r.id in few]
    with open(args.vocabulary, encoding="utf-8") as f:
        vocabulary = f.read().splitlines()
    with open(os.path.join(args.base, "tokenizer.json"), encoding="utf-8") as f:
        all_tokens = json.load(f)["model"]["vocab"]
    base = {k.removeprefix("bert."): v for k, v in load_file(os.path.join(args.base, "model.safetensors")).items()}
    model = Reader(base, [all_tokens[t] for t in vocabulary], len(mark_names), args.dropout)
    mask_token = vocabulary.index(MASK)
    drafts = len({r.id for r in rows})
    print(f"{drafts} drafts in {len(rows)} windows, {sum(len(r.tokens) for r in rows)} tokens, {len(mark_names)} marks", flush=True)

    labels = torch.cat([r.of_sentences for r in rows])
    positive = labels.sum(0)
    weight = ((len(labels) - positive) / positive.clamp(min=1)).clamp(1, 400).sqrt()
    steps = args.epochs * math.ceil(len(rows) / args.batch)
    optimiser = torch.optim.AdamW(list(groups(model, args.rate)), fused=True)
    warm = lambda s: min(1, (s + 1) / (steps * 0.1)) * max(0.02, 0.5 * (1 + math.cos(math.pi * s / steps)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, warm)
    lose = lambda z, y, w=None: F.binary_cross_entropy_with_logits(z.float(), y, pos_weight=w, reduction="none")
    start = time.time()
    for epoch in range(args.epochs):
        # Windows of about one length share a step, so that little is padding.
        order = sorted(range(len(rows)), key=lambda i: len(rows[i].tokens) + random.random() * 40)
        batches = [order[i : i + args.batch] for i in range(0, len(order), args.batch)]
        random.shuffle(batches)
        total = 0.0
        for indices in batches:
            b = Batch([rows[i] for i in indices], args, mask_token)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                sentences, words, draft = model(b)
            of_sentences = (lose(sentences, b.sentences, weight).sum(-1) * b.real).sum() / b.real.sum()
            of_words = (lose(words, b.words, torch.tensor([3.0, 3.0])).mean(-1) * b.present).sum() / b.present.sum()
            of_draft = (lose(draft, b.draft).mean(-1) * b.whole).sum() / b.whole.sum().clamp(min=1)
            loss = of_sentences + 3 * of_words + of_draft
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += of_sentences.item()
        print(f"epoch {epoch + 1} loss {total / len(batches):.3f} after {time.time() - start:.0f} s", flush=True)
        for name, held in dev.items():
            print(f"  {os.path.basename(name)}: {report(held, predict(model, held))}", flush=True)
    for name, held in dev.items():
        print(f"{os.path.basename(name)}: {report(held, predict(model, held), full=True)}", flush=True)
    torch.save(model.state_dict(), args.out + ".pt")
    config = dict(layers=LAYERS, heads=HEADS, gelu="tanh", sentence_rules=SENTENCE_RULES, token_rules=TOKEN_RULES,
                  draft_rules=DRAFT_RULES, marks=mark_names, thresholds={},
                  trained_from=f"all-MiniLM-L6-v2, {drafts} drafts, seed {args.seed}")
    print(f"{args.out}: {export(model, vocabulary, config, args.out)} bytes")


if __name__ == "__main__":
    main()
