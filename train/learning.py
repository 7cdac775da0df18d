"""How a model learns from drafts, what it says of others, and how right that is."""

import math
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from drafts import DRAFT_RULES, JARGON, JARGON_WORDS, PROMISE, SENTENCE_RULES, TOKEN_RULES, Batch, in_batches

# Words of faults are rare: theirs count so much more.
WORDS_WEIGHT = 3.0
# What a date costs that is judged wrongly, where a sentence costs one for each rule.
DATES_WEIGHT = 2.0
# What the teacher is trusted with: there it is right more often than the careful reader that learns from labels alone. The
# rules with few labels it knows no better.
TRUSTED = ["bad-news", "missing-rationale", "call", "buried-bad-news"]
OF_SENTENCES, OF_WORDS, OF_DRAFT = (
    torch.tensor([float(rule in TRUSTED) for rule in rules]) for rules in (SENTENCE_RULES, TOKEN_RULES, DRAFT_RULES))


def options(parser):
    """What the teacher and the careful reader are both trained with."""
    parser.add_argument("--drafts", nargs="+", required=True, help="labelled drafts to train on")
    parser.add_argument("--promises", nargs="*", default=[], help="sentences with the dates that are promised in them")
    parser.add_argument("--dev", nargs="*", default=[], help="labelled drafts to report on, never trained on")
    parser.add_argument("--dev-promises", nargs="*", default=[], help="such sentences to report on, never trained on")
    parser.add_argument("--inputs", required=True, help="folder with NAME.inputs for each NAME.jsonl of drafts")
    parser.add_argument("--base", required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--vocabulary", required=True, help="the tokens to keep, one a line")
    parser.add_argument("--batch", type=int, default=8, help="windows in a step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--word-dropout", type=float, default=0.05, help="share of tokens that are masked")
    parser.add_argument("--mark-dropout", type=float, default=0.1, help="share of kinds of marks that are left out")
    parser.add_argument("--threads", type=int, default=2)


def groups(model, rate, layers, new):
    """Deeper layers learn more slowly, what is new learns faster: `new` times the rate."""
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        scale = 0.4
        if name.startswith(("heads.", "marks.")):
            scale = new
        elif name.startswith("layer."):
            scale = 0.9 ** (layers - 1 - int(name.split(".")[1]))
        yield dict(params=[p], lr=rate * scale, weight_decay=0.0 if p.ndim < 2 else 0.01)


def begin(args):
    random.seed(args.seed)
    np.random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)


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


class Heads(nn.Module):
    """What is read off the last states: each sentence's from their mean, each word's, and the draft's from its first."""

    def __init__(self, hidden):
        super().__init__()
        self.sentence = nn.Linear(hidden, len(SENTENCE_RULES))
        self.token = nn.Linear(hidden, len(TOKEN_RULES))
        self.draft = nn.Linear(hidden, len(DRAFT_RULES))
        for head in (self.sentence, self.token, self.draft):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.constant_(head.bias, -2.0)

    def forward(self, x, batch, dropout):
        owners = F.one_hot(batch.owner + 1, batch.count + 1)[..., 1:].to(x.dtype)
        pooled = torch.einsum("bln,blh->bnh", owners, x) / owners.sum(1).clamp(min=1)[..., None]
        return self.sentence(dropout(pooled)), self.token(x), self.draft(dropout(x[:, 0]))


def loss(said, batch, weight, trust):
    """How far what a model said is from the labels and, where there are any, from a teacher's opinions.

    `weight` is how much more a fault of each rule counts than none, `trust` the share that opinions have in what a labelled
    draft teaches, for the rules that the teacher knows better than labels alone could teach them.
    """
    share = trust * batch.judged
    unlabelled = 1 - batch.labelled
    total = 0.0
    for truth, counts in (
        (batch.labels, lambda trusted: batch.labelled[:, None] * (1 - share[:, None] * trusted)),
        (batch.opinions, lambda trusted: (batch.judged * (unlabelled + batch.labelled * trust))[:, None] * trusted),
    ):
        # The best answer to "half likely" stays a half, however much more a fault counts.
        of = lambda z, y, w: F.binary_cross_entropy_with_logits(z.float(), y, reduction="none") * (1 + (w - 1) * y)
        sentences = of(said[0], truth.sentences, weight) * counts(OF_SENTENCES)[:, None]
        sentences[..., JARGON] *= batch.has_client[:, None]
        words = of(said[1], truth.words, WORDS_WEIGHT) * counts(OF_WORDS)[:, None]
        words[..., JARGON_WORDS] *= batch.has_client[:, None]
        words = words[..., [rule for rule in range(len(TOKEN_RULES)) if rule != PROMISE]]
        draft = of(said[2], truth.draft, 1.0) * counts(OF_DRAFT)
        total += (sentences.sum(-1) * batch.real).sum() / batch.real.sum()
        total += 3 * (words.mean(-1) * batch.present).sum() / batch.present.sum()
        total += (draft.mean(-1) * batch.whole).sum() / batch.whole.sum().clamp(min=1)
    return total + DATES_WEIGHT * loss_of_dates(said[1][..., PROMISE], batch, trust)


def loss_of_dates(said, batch, trust):
    """The same of the dates that are promised; a teacher's opinion counts in full where nobody has labelled any."""
    judged = batch.judged_dates[:, None]
    share = trust * judged
    labels = batch.dated * (1 - share)
    opinions = judged * torch.where(batch.dated > 0, batch.dated * share, batch.dates)
    missed = 0.0
    for truth, counts in ((batch.labels, labels), (batch.opinions, opinions)):
        missed += (F.binary_cross_entropy_with_logits(said.float(), truth.words[..., PROMISE], reduction="none") * counts).sum()
    return missed / (labels + opinions).sum().clamp(min=1)


def fit(model, groups, rows, args, mask_token, epochs, trust=0.0, after=lambda epoch: None):
    """Trains for some epochs, with a rate that rises over the first tenth of the steps and then falls along a cosine."""
    labels = torch.cat([r.of_sentences for r in rows if r.labelled])
    positive = labels.sum(0)
    weight = ((len(labels) - positive) / positive.clamp(min=1)).clamp(1, 400).sqrt()
    steps = epochs * len(in_batches(rows, args.batch))
    optimiser = torch.optim.AdamW(list(groups), fused=True)
    rate = lambda s: min(1, (s + 1) / (steps * 0.1)) * max(0.02, 0.5 * (1 + math.cos(math.pi * s / steps)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    start = time.time()
    for epoch in range(1, epochs + 1):
        total, batches = 0.0, in_batches(rows, args.batch)
        for indices in batches:
            batch = Batch([rows[i] for i in indices], args, mask_token)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                said = model(batch)
            missed = loss(said, batch, weight, trust)
            optimiser.zero_grad()
            missed.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += missed.item()
        print(f"epoch {epoch} loss {total / len(batches):.3f} after {time.time() - start:.0f} s", flush=True)
        after(epoch)


def predict(model, rows):
    """Probabilities by sentence, word and draft, in the order of the rows."""
    model.eval()
    out = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for at in range(0, len(rows), 16):
            part = rows[at : at + 16]
            sentences, words, draft = (s.float().sigmoid() for s in model(Batch(part)))
            for i, r in enumerate(part):
                out.append((sentences[i, : len(r.sentences)], words[i, : len(r.tokens)], draft[i]))
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
    at_date = np.concatenate([(r.dated == 1).numpy() for r in rows])
    taken = [np.array(r.taken) for r in rows]
    p = np.concatenate([x[0].numpy()[t] for x, t in zip(predictions, taken)])
    gold = np.concatenate([r.of_sentences.numpy()[t] for r, t in zip(rows, taken)]) > 0.5
    whole = [i for i, r in enumerate(rows) if r.whole]
    pd = np.array([predictions[i][2].numpy() for i in whole])
    gd = np.array([rows[i].of_draft.numpy() for i in whole]) > 0.5
    pt = np.concatenate([x[1].numpy() for x in predictions])
    gt = np.concatenate([r.of_tokens.numpy() for r in rows]) > 0.5
    if at_date.any():
        precision, recall, both, least = best(pt[at_date, PROMISE], gt[at_date, PROMISE])
        return f"words of promised dates: precision {precision:.3f}, recall {recall:.3f}, F1 {both:.3f} from {least:.2f}"
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
