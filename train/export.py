"""Writes a trained model as the one file that the careful reader in Rust reads, and reads it again to train further."""

import hashlib
import json
import struct

import torch
from safetensors import safe_open


def quantise_rows(weight, largest):
    """Whole numbers of at most `largest` and one scale a row, the scale that loses least of six tried."""
    top = weight.abs().amax(1, keepdim=True).clamp(min=1e-12)
    best, kept, scales = None, None, None
    for share in (1.0, 0.95, 0.9, 0.85, 0.8, 0.7) if largest < 127 else (1.0,):
        scale = top * share / largest
        whole = (weight / scale).round().clamp(-largest, largest)
        lost = ((whole * scale - weight) ** 2).sum(1, keepdim=True)
        if best is None:
            best, kept, scales = lost, whole, scale
        else:
            less = lost < best
            best, kept, scales = (torch.where(less, new, old) for new, old in ((lost, best), (whole, kept), (scale, scales)))
    return kept.to(torch.int8), scales[:, 0]


def fake_quantise_table(weight):
    """What four bits a value keep of a table."""
    whole, scale = quantise_rows(weight, 7)
    return whole * scale[:, None]


def pack(whole):
    """Two values of four bits in a byte, the first in the low half, each with 8 added."""
    shifted = (whole + 8).to(torch.uint8)
    return shifted[:, 0::2] | (shifted[:, 1::2] << 4)


def unpack(packed):
    """What `pack` packed."""
    return torch.stack([(packed & 15), (packed >> 4)], -1).flatten(1).to(torch.int8) - 8


def tensors_of(model, vocabulary):
    text = "\n".join(vocabulary).encode()
    yield "vocabulary", torch.frombuffer(bytearray(text), dtype=torch.uint8)
    whole, scale = quantise_rows(model.word.weight.data, 7)
    yield "embeddings.word", pack(whole)
    yield "embeddings.word.scale", scale
    for name, table in (("position", model.position), ("type", model.kind), ("marks", model.marks)):
        whole, scale = quantise_rows(table.weight.data, 127)
        yield f"embeddings.{name}", whole
        yield f"embeddings.{name}.scale", scale
    plain = [("embeddings.norm", model.norm)]
    for at, layer in enumerate(model.layer):
        for name in ("query", "key", "value", "output", "up", "down"):
            linear = getattr(layer, name)
            whole, scale = quantise_rows(linear.weight.data, 127)
            yield f"layer.{at}.{name}.weight", whole
            yield f"layer.{at}.{name}.scale", scale
            yield f"layer.{at}.{name}.bias", linear.bias.data
        plain += [(f"layer.{at}.{name}", getattr(layer, name)) for name in ("attention_norm", "output_norm")]
    plain += [("sentence", model.heads.sentence), ("token", model.heads.token), ("draft", model.heads.draft)]
    for name, part in plain:
        yield f"{name}.weight", part.weight.data
        yield f"{name}.bias", part.bias.data


def save(path, tensors, config):
    """The safetensors format: the header's length, the header, the tensors one after the other."""
    kinds = {torch.int8: "I8", torch.uint8: "U8", torch.float32: "F32"}
    entries, data = {}, []
    at = 0
    for name, tensor in tensors:
        raw = tensor.contiguous().numpy().tobytes()
        entries[name] = {"dtype": kinds[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [at, at + len(raw)]}
        data.append(raw)
        at += len(raw)
    data = b"".join(data)
    config["digest"] = hashlib.sha256(data).hexdigest()
    header = json.dumps({"__metadata__": {"config": json.dumps(config)}, **entries}).encode()
    header += b" " * (-len(header) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(header)) + header + data)
    return 8 + len(header) + len(data)


def config_of(path):
    """What such a file says of its model."""
    with safe_open(path, "pt") as file:
        return json.loads(file.metadata()["config"])


def restore(model, path):
    """Gives a model the weights of such a file, whose rules of words and marks may be the first of the model's."""
    with safe_open(path, "pt") as file:
        tensor = {name: file.get_tensor(name) for name in file.keys()}
    tables = [("word", model.word), ("position", model.position), ("type", model.kind), ("marks", model.marks)]
    for name, table in tables:
        whole = tensor[f"embeddings.{name}"]
        whole = unpack(whole) if name == "word" else whole
        table.weight.data[: len(whole)] = whole * tensor[f"embeddings.{name}.scale"][:, None]
    plain = [("embeddings.norm", model.norm), ("sentence", model.heads.sentence), ("token", model.heads.token), ("draft", model.heads.draft)]
    for at, layer in enumerate(model.layer):
        for name in ("query", "key", "value", "output", "up", "down"):
            linear = getattr(layer, name)
            linear.weight.data.copy_(tensor[f"layer.{at}.{name}.weight"] * tensor[f"layer.{at}.{name}.scale"][:, None])
            linear.bias.data.copy_(tensor[f"layer.{at}.{name}.bias"])
        plain += [(f"layer.{at}.{name}", getattr(layer, name)) for name in ("attention_norm", "output_norm")]
    for name, part in plain:
        for kind in ("weight", "bias"):
            kept = tensor[f"{name}.{kind}"]
            getattr(part, kind).data[: len(kept)] = kept


def export(model, vocabulary, config, path):
    """Writes the file and gives its size in bytes."""
    return save(path, tensors_of(model, vocabulary), config)
