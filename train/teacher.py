"""Fine-tunes a larger model on the labelled drafts, and writes what it thinks of these and of others.

    python teacher.py --drafts FILE... --also FILE... --inputs FOLDER --base FOLDER --vocabulary FILE --opinions FILE [options]

BASE holds all-mpnet-base-v2, too large to ship: twelve layers of 768. The careful reader learns from its
opinions what labels alone do not say: how near a sentence is to a fault. `--also` are drafts without labels.
"""

import argparse
import json
import math
import os

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

import learning
from drafts import WINDOW, load, promises_in, sentences, stem, watched
from learning import Dropout, Heads

HIDDEN, HEADS, LAYERS, BUCKETS = 768, 12, 12, 32
# The vocabulary is that of the careful reader's base but for these.
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
# Its positions begin after that of padding.
FIRST_POSITION = 2


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    learning.options(p)
    p.add_argument("--also", nargs="*", default=[], help="drafts without labels, to give opinions on")
    p.add_argument("--opinions", required=True, help="the file of opinions to write")
    p.add_argument("--teacher-epochs", type=int, default=2)
    p.add_argument("--teacher-rate", type=float, default=4e-5, help="learning rate of the topmost layer")
    return p.parse_args()


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.attention_norm = nn.LayerNorm(HIDDEN, 1e-5)
        self.up, self.down = nn.Linear(HIDDEN, 4 * HIDDEN), nn.Linear(4 * HIDDEN, HIDDEN)
        self.output_norm = nn.LayerNorm(HIDDEN, 1e-5)
        self.dropout = dropout

    def forward(self, x, bias):
        batch, length, _ = x.shape
        heads = lambda t: t.view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2)
        mixed = F.scaled_dot_product_attention(heads(self.query(x)), heads(self.key(x)), heads(self.value(x)), attn_mask=bias)
        mixed = mixed.transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.attention_norm(x + self.dropout(self.output(mixed)))
        return self.output_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


def distances(length):
    """MPNet's bucket of the distance between two words: half of them for either side, finer where near."""
    away = torch.arange(length)[:, None] - torch.arange(length)[None]
    side = (away < 0).long() * (BUCKETS // 2)
    away, exact = away.abs(), BUCKETS // 4
    far = exact + (torch.log(away.float().clamp(min=1) / exact) / math.log(128 / exact) * exact).long()
    return side + torch.where(away < exact, away, far.clamp(max=BUCKETS // 2 - 1))


class Teacher(nn.Module):
    def __init__(self, base, ids, marks, dropout):
        """`ids` are the rows of the base's vocabulary that stand for the careful reader's tokens."""
        super().__init__()
        self.dropout = Dropout(dropout)
        self.word = nn.Embedding(len(ids), HIDDEN)
        self.position = nn.Embedding(WINDOW, HIDDEN)
        self.kind = nn.Embedding(2, HIDDEN)
        self.marks = nn.Embedding(marks, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, 1e-5)
        self.distance = nn.Embedding(BUCKETS, HEADS)
        self.layer = nn.ModuleList(Layer(self.dropout) for _ in range(LAYERS))
        self.heads = Heads(HIDDEN)
        nn.init.zeros_(self.kind.weight)
        nn.init.normal_(self.marks.weight, std=0.01)
        self.take_over(base, ids)

    def take_over(self, base, ids):
        copy = lambda to, name: to.data.copy_(base[name])
        self.word.weight.data.copy_(base["embeddings.word_embeddings.weight"][ids])
        self.word.weight.requires_grad_(False)
        self.position.weight.data.copy_(
            base["embeddings.position_embeddings.weight"][FIRST_POSITION : FIRST_POSITION + WINDOW])
        copy(self.norm.weight, "embeddings.LayerNorm.weight")
        copy(self.norm.bias, "embeddings.LayerNorm.bias")
        copy(self.distance.weight, "encoder.relative_attention_bias.weight")
        names = dict(query="attention.attn.q", key="attention.attn.k", value="attention.attn.v", output="attention.attn.o",
                     attention_norm="attention.LayerNorm", up="intermediate.dense", down="output.dense", output_norm="output.LayerNorm")
        for at, layer in enumerate(self.layer):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    copy(getattr(getattr(layer, ours), part), f"encoder.layer.{at}.{theirs}.{part}")

    def forward(self, batch):
        size, length = batch.tokens.shape
        x = self.word(batch.tokens) + self.position.weight[:length] + self.kind(batch.types)
        marked = torch.zeros(size * length, HIDDEN).index_add(0, batch.where, self.marks(batch.which))
        x = self.dropout(self.norm(x + marked.view_as(x))).to(torch.bfloat16)
        away = self.distance(distances(length)).permute(2, 0, 1)[None]
        bias = (away + (batch.present[:, None, None, :] - 1) * 1e4).to(torch.bfloat16)
        for layer in self.layer:
            x = layer(x, bias)
        return self.heads(x, batch, self.dropout)


def main():
    args = parse()
    learning.begin(args)
    mark_names = []
    promises = promises_in(args.promises)
    rows = load(args.drafts, args.inputs, mark_names, promises) + sentences(args, mark_names, promises)
    dev = watched(args, mark_names)
    with open(args.vocabulary, encoding="utf-8") as f:
        vocabulary = f.read().splitlines()
    with open(os.path.join(args.base, "tokenizer.json"), encoding="utf-8") as f:
        theirs = json.load(f)["model"]["vocab"]
    base = load_file(os.path.join(args.base, "model.safetensors"))
    model = Teacher(base, [theirs[SPECIAL.get(t, t)] for t in vocabulary], len(mark_names), args.dropout)
    del base

    def after(epoch):
        for name, held in dev.items():
            print(f"  {name}: {learning.report(held, learning.predict(model, held))}", flush=True)

    learning.fit(model, learning.groups(model, args.teacher_rate, LAYERS, new=20.0), rows, args, vocabulary.index("[MASK]"), args.teacher_epochs, after=after)
    opinions = {}
    for name in args.drafts + args.also:
        said = learning.predict(model, load([name], args.inputs, mark_names, {}))
        opinions[stem(name)] = [tuple(part.half() for part in row) for row in said]
        print(f"{name}: {len(said)} opinions", flush=True)
    torch.save(opinions, args.opinions)


if __name__ == "__main__":
    main()
