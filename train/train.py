"""Fine-tunes the careful reader and writes the file that Candor reads with.

    python train.py --drafts FILE... --inputs FOLDER --base FOLDER --vocabulary FILE --out FILE [options]

INPUTS holds, for each file of drafts, what `cargo xtask train` makes of it (windows of tokens, marks,
sentences), so that training sees exactly what reading sees. BASE holds the weights and the tokenizer of
all-MiniLM-L6-v2. See README.md for what this was trained on, and why it is trained in this way.
"""

import argparse
import json
import os
import random

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

import learning
from drafts import DRAFT_RULES, SENTENCE_RULES, TOKEN_RULES, WINDOW, load, promises_in, sentences, stem, watched
from export import config_of, export, fake_quantise_table, restore
from learning import Dropout, Heads

HIDDEN, HEADS, LAYERS = 384, 12, 6
MASK = "[MASK]"


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    learning.options(p)
    p.add_argument("--also", nargs="*", default=[], help="drafts without labels that there are opinions on")
    p.add_argument("--opinions", help="what `teacher.py` wrote of the drafts")
    p.add_argument("--further", help="the model file to go on from, which is its own teacher")
    p.add_argument("--new", nargs="*", default=[], help="names of files of drafts that this model has not learned from: there labels alone count")
    p.add_argument("--trust", type=float, default=0.6, help="share of the opinions in what a labelled draft teaches")
    p.add_argument("--out", required=True, help="the model file to write")
    p.add_argument("--epochs", type=int, default=6)
    p.add_argument("--rate", type=float, default=1e-4, help="learning rate of the topmost layer")
    p.add_argument("--share", type=float, default=1.0, help="share of the drafts to train on, for the learning curve")
    return p.parse_args()


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
        self.heads = Heads(HIDDEN)
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
        return self.heads(x, batch, self.dropout)


def rows_with_opinions(args, mark_names):
    """All rows to train on, each with what the teacher thinks of it where it was asked."""
    opinions = torch.load(args.opinions) if args.opinions else {}
    promises = promises_in(args.promises)
    rows = sentences(args, mark_names, promises)
    for files, labelled in ((args.drafts, 1.0), (args.also, 0.0)):
        for name in files:
            of_file = load([name], args.inputs, mark_names, promises)
            is_new = stem(name) in args.new
            for row, opinion in zip(of_file, opinions.get(stem(name), [None] * len(of_file)), strict=True):
                row.labelled, row.opinion, row.is_new = labelled, opinion, is_new
            rows.extend(of_file)
    return rows


def ask_itself(model, rows):
    """Lets a model that learns further hold on to what it thinks by now; of dates it may know nothing yet."""
    for row, opinion in zip(rows, learning.predict(model, rows), strict=True):
        row.opinion, row.knows_dates = opinion, False


def main():
    args = parse()
    learning.begin(args)
    before = config_of(args.further) if args.further else dict(marks=[], thresholds={}, trained_from="all-MiniLM-L6-v2")
    mark_names = before["marks"]
    rows = rows_with_opinions(args, mark_names)
    dev = watched(args, mark_names)
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
    if args.further:
        restore(model, args.further)
        ask_itself(model, [r for r in rows if r.labelled and not r.is_new])
    drafts = len({r.id for r in rows if r.labelled})
    print(f"{drafts} labelled drafts, {len(rows)} windows, {sum(len(r.tokens) for r in rows)} tokens, {len(mark_names)} marks", flush=True)

    def after(epoch):
        for name, held in dev.items():
            said = learning.predict(model, held)
            print(f"  {name}: {learning.report(held, said, full=epoch == args.epochs)}", flush=True)

    learning.fit(model, learning.groups(model, args.rate, LAYERS, new=8.0), rows, args, vocabulary.index(MASK), args.epochs, args.trust, after)
    config = dict(layers=LAYERS, heads=HEADS, gelu="tanh", sentence_rules=SENTENCE_RULES, token_rules=TOKEN_RULES,
                  draft_rules=DRAFT_RULES, marks=mark_names,
                  thresholds=before["thresholds"], trained_from=f"{before['trained_from']}, {drafts} drafts, seed {args.seed}")
    print(f"{args.out}: {export(model, vocabulary, config, args.out)} bytes")


if __name__ == "__main__":
    main()
