//! The transformer: weights from one file, a window of tokens in, probabilities out.
//!
//! A BERT encoder (post-LayerNorm, GELU by tanh) whose embeddings also sum the marks on a token, with three
//! linear heads over its last states: the mean of a sentence's tokens, each token, and `[CLS]`.
//! Weights stay one byte each; activations are quantised to 13 bits where they meet them. Only additions,
//! multiplications, divisions and square roots are used, in a fixed order: results are the same in
//! every browser and on the command line.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::attention::{Attention, HEAD};
use super::input::{WINDOW, Window};
use super::kernel::{Quantised, Step, Weights};
use super::marks;
use super::maths::{gelu, normalise, sigmoid};
use super::tensors::{NotAModel, Tensors};
use super::tokens::Vocabulary;

/// The largest whole number of an activation: times 127, summed 1,536 times, it stays within 32 bits.
const LIMIT: f32 = 8191.0;

/// What the file says of the model, as JSON under `config` of its metadata.
#[derive(Debug, Clone, Deserialize)]
pub struct Config {
    /// How many layers.
    layers: usize,
    /// How many heads of attention in each.
    heads: usize,
    /// The form of the activation; only `tanh` is known.
    gelu: String,
    /// Checks of sentences, by row of their head.
    pub sentence_rules: Vec<String>,
    /// Checks of words, by row of their head.
    pub token_rules: Vec<String>,
    /// Checks of whole drafts, by row of their head.
    pub draft_rules: Vec<String>,
    /// Names of the marks, by row of their table.
    marks: Vec<String>,
    /// From which probability on a check is to speak.
    #[serde(default)]
    pub thresholds: BTreeMap<String, f32>,
}

/// A model ready to read. Holds as much memory as its file and about 5 MB to work in.
#[derive(Debug)]
pub struct Model {
    /// What the file says of it.
    pub config: Config,
    /// The pieces of words it knows.
    pub vocabulary: Vocabulary,
    hidden: usize,
    words: Table,
    positions: Table,
    types: Table,
    marks: Table,
    /// For each mark of this program its row in `marks`, where the model knows it.
    mark_rows: Vec<Option<usize>>,
    norm: Norm,
    layers: Vec<Layer>,
    sentence: Head,
    token: Head,
    draft: Head,
    scratch: Scratch,
}

/// What the model thinks of one window.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Output {
    /// For each sentence of the window and each of its rules.
    pub sentences: Vec<Vec<f32>>,
    /// For each token of the window and each rule of sentences: what the token adds to its sentence's
    /// score, before the division by the sentence's length.
    pub shares: Vec<Vec<f32>>,
    /// For each token of the window and each of its rules.
    pub tokens: Vec<Vec<f32>>,
    /// For each rule of drafts.
    pub draft: Vec<f32>,
}

#[derive(Debug)]
struct Layer {
    query: Weights,
    key: Weights,
    value: Weights,
    output: Weights,
    attention_norm: Norm,
    up: Weights,
    down: Weights,
    output_norm: Norm,
}

/// A table of vectors with a scale for each.
#[derive(Debug)]
struct Table {
    values: Values,
    scales: Vec<f32>,
}

/// The whole numbers of a table, row by row.
#[derive(Debug)]
enum Values {
    /// One byte each.
    Bytes(Vec<i8>),
    /// Four bits each, the first of two in the low half, from -8 on. The words' table is half of the model,
    /// and loses nothing that the layers above cannot learn to do without.
    Halves(Vec<u8>),
}

#[derive(Debug)]
struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// A linear layer to one score for each rule.
#[derive(Debug)]
struct Head {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// Room for intermediate results, kept from run to run.
#[derive(Debug, Default)]
struct Scratch {
    rows: Quantised,
    panel: Vec<Step>,
    wide: Vec<f32>,
    mixed: Vec<f32>,
    added: Vec<f32>,
    attention: Attention,
}

impl Model {
    /// Reads a model file.
    ///
    /// # Errors
    /// When the file is cut short, or names or shapes are not those of this architecture.
    pub fn read(file: &[u8]) -> Result<Self, NotAModel> {
        let tensors = Tensors::read(file)?;
        let config = tensors
            .metadata
            .get("config")
            .ok_or_else(|| NotAModel::new("it has no `config`"))?;
        let config: Config = serde_json::from_str(config)
            .map_err(|error| NotAModel::new(format!("its `config` is not valid: {error}")))?;
        let (shape, text) = tensors.any("vocabulary", "U8")?;
        let text = std::str::from_utf8(text)
            .map_err(|_| NotAModel::new(format!("`vocabulary` of {shape:?} bytes is not UTF-8")))?;
        let vocabulary = Vocabulary::parse(text).map_err(|error| NotAModel::new(error.to_string()))?;
        let (shape, _) = tensors.any("embeddings.norm.weight", "F32")?;
        let &[hidden] = shape else {
            return Err(NotAModel::new(format!(
                "`embeddings.norm.weight` has the shape {shape:?} and is no row"
            )));
        };
        let (shape, _) = tensors.any("layer.0.up.weight", "I8")?;
        let inner = shape.first().copied().unwrap_or_default();
        check_shape(&config, hidden, inner)?;
        let table = |name: &str, rows: usize| Table::read(&tensors, name, rows, hidden);
        let layers: Result<Vec<Layer>, NotAModel> = (0..config.layers)
            .map(|at| Layer::read(&tensors, at, hidden, inner))
            .collect();
        Ok(Self {
            words: Table::read_packed(&tensors, "embeddings.word", vocabulary.rows(), hidden)?,
            positions: table("embeddings.position", WINDOW)?,
            types: table("embeddings.type", 2)?,
            marks: table("embeddings.marks", config.marks.len())?,
            mark_rows: marks::names()
                .iter()
                .map(|name| config.marks.iter().position(|other| other == name))
                .collect(),
            norm: Norm::read(&tensors, "embeddings.norm", hidden)?,
            layers: layers?,
            sentence: Head::read(&tensors, "sentence", config.sentence_rules.len(), hidden)?,
            token: Head::read(&tensors, "token", config.token_rules.len(), hidden)?,
            draft: Head::read(&tensors, "draft", config.draft_rules.len(), hidden)?,
            hidden,
            vocabulary,
            config,
            scratch: Scratch::default(),
        })
    }

    /// Reads one window.
    pub fn run(&mut self, window: &Window) -> Output {
        let states = self.states(window);
        let rows: Vec<&[f32]> = states.chunks_exact(self.hidden).collect();
        let shares: Vec<Vec<f32>> = rows.iter().map(|row| self.sentence.shares(row)).collect();
        let sentences = window.sentences.iter().map(|sentence| {
            let shares = &shares[sentence.tokens.clone()];
            let count = f32::from(u16::try_from(shares.len()).unwrap_or(u16::MAX));
            let mean = |rule: usize| shares.iter().map(|share| share[rule]).sum::<f32>() / count;
            let scores = self.sentence.bias.iter().enumerate();
            scores.map(|(rule, bias)| sigmoid(mean(rule) + bias)).collect()
        });
        Output {
            sentences: sentences.collect(),
            tokens: rows.iter().map(|row| self.token.probabilities(row)).collect(),
            draft: rows
                .first()
                .map(|row| self.draft.probabilities(row))
                .unwrap_or_default(),
            shares,
        }
    }

    /// The last states of a window, one row for each token.
    pub fn states(&mut self, window: &Window) -> Vec<f32> {
        let mut states = self.embed(window);
        for layer in &self.layers {
            layer.apply(&mut states, self.hidden, self.config.heads, &mut self.scratch);
        }
        states
    }

    fn embed(&self, window: &Window) -> Vec<f32> {
        let mut states = vec![0.0; window.tokens.len() * self.hidden];
        let mut marks = window.marks.iter().peekable();
        for (at, state) in states.chunks_exact_mut(self.hidden).enumerate() {
            self.words.add(window.tokens[at] as usize, state);
            self.positions.add(at, state);
            self.types.add(usize::from(window.types[at]), state);
            while let Some((_, mark)) = marks.next_if(|(token, _)| *token == at) {
                if let Some(Some(row)) = self.mark_rows.get(usize::from(mark.0)) {
                    self.marks.add(*row, state);
                }
            }
        }
        self.norm.apply(&mut states);
        states
    }
}

/// Whether the kernel can hold these sizes.
fn check_shape(config: &Config, hidden: usize, inner: usize) -> Result<(), NotAModel> {
    let wrong = |what: String| Err(NotAModel::new(what));
    if config.gelu != "tanh" {
        return wrong(format!("its `gelu` is `{}` and not `tanh`", config.gelu));
    }
    if config.heads == 0
        || config.heads > hidden
        || !hidden.is_multiple_of(8 * config.heads)
        || hidden / config.heads > HEAD
    {
        return wrong(format!(
            "{hidden} values in {} heads cannot be computed",
            config.heads
        ));
    }
    if inner == 0 || !inner.is_multiple_of(8) || inner > 2048 {
        return wrong(format!("{inner} inner values cannot be computed"));
    }
    Ok(())
}

impl Layer {
    fn read(tensors: &Tensors, at: usize, hidden: usize, inner: usize) -> Result<Self, NotAModel> {
        let weights = |name: &str, outputs: usize, inputs: usize| {
            let name = format!("layer.{at}.{name}");
            let rows = tensors.i8(&format!("{name}.weight"), &[outputs, inputs])?;
            let scales = tensors.f32(&format!("{name}.scale"), &[outputs])?;
            let bias = tensors.f32(&format!("{name}.bias"), &[outputs])?;
            Ok(Weights::new(&rows, scales, bias))
        };
        let norm = |name: &str| Norm::read(tensors, &format!("layer.{at}.{name}"), hidden);
        Ok(Self {
            query: weights("query", hidden, hidden)?,
            key: weights("key", hidden, hidden)?,
            value: weights("value", hidden, hidden)?,
            output: weights("output", hidden, hidden)?,
            attention_norm: norm("attention_norm")?,
            up: weights("up", inner, hidden)?,
            down: weights("down", hidden, inner)?,
            output_norm: norm("output_norm")?,
        })
    }

    fn apply(&self, states: &mut [f32], hidden: usize, heads: usize, scratch: &mut Scratch) {
        let count = states.len() / hidden;
        let Scratch {
            rows,
            panel,
            wide,
            mixed,
            added,
            attention,
        } = scratch;
        rows.fill(states, hidden, LIMIT);
        wide.resize(count * 3 * hidden, 0.0);
        for (at, weights) in [&self.query, &self.key, &self.value].into_iter().enumerate() {
            weights.apply(rows, &mut wide[at * hidden..], 3 * hidden, panel);
        }
        mixed.resize(count * hidden, 0.0);
        attention.mix(wide, hidden, heads, mixed);
        rows.fill(mixed, hidden, LIMIT);
        added.resize(count * hidden, 0.0);
        self.output.apply(rows, added, hidden, panel);
        add(states, added);
        self.attention_norm.apply(states);

        let inner = self.up.outputs();
        rows.fill(states, hidden, LIMIT);
        wide.resize(count * inner, 0.0);
        self.up.apply(rows, wide, inner, panel);
        gelu(wide);
        rows.fill(wide, inner, LIMIT);
        self.down.apply(rows, added, hidden, panel);
        add(states, added);
        self.output_norm.apply(states);
    }
}

fn add(values: &mut [f32], others: &[f32]) {
    for (value, other) in values.iter_mut().zip(others) {
        *value += other;
    }
}

impl Table {
    fn read(tensors: &Tensors, name: &str, rows: usize, columns: usize) -> Result<Self, NotAModel> {
        Ok(Self {
            values: Values::Bytes(tensors.i8(name, &[rows, columns])?),
            scales: tensors.f32(&format!("{name}.scale"), &[rows])?,
        })
    }

    /// Reads a table that may hold two values in a byte, which its type `U8` tells.
    fn read_packed(tensors: &Tensors, name: &str, rows: usize, columns: usize) -> Result<Self, NotAModel> {
        if !tensors.holds(name, "U8") {
            return Self::read(tensors, name, rows, columns);
        }
        Ok(Self {
            values: Values::Halves(tensors.bytes(name, "U8", &[rows, columns / 2])?.to_vec()),
            scales: tensors.f32(&format!("{name}.scale"), &[rows])?,
        })
    }

    /// Adds a row to `sums`.
    fn add(&self, row: usize, sums: &mut [f32]) {
        let scale = self.scales[row];
        match &self.values {
            Values::Bytes(bytes) => {
                let bytes = &bytes[row * sums.len()..][..sums.len()];
                for (sum, byte) in sums.iter_mut().zip(bytes) {
                    *sum += f32::from(*byte) * scale;
                }
            }
            Values::Halves(halves) => {
                let halves = &halves[row * sums.len() / 2..][..sums.len() / 2];
                for (pair, halves) in sums.chunks_exact_mut(2).zip(halves) {
                    pair[0] += (f32::from(halves & 15) - 8.0) * scale;
                    pair[1] += (f32::from(halves >> 4) - 8.0) * scale;
                }
            }
        }
    }
}

impl Norm {
    fn read(tensors: &Tensors, name: &str, length: usize) -> Result<Self, NotAModel> {
        Ok(Self {
            weight: tensors.f32(&format!("{name}.weight"), &[length])?,
            bias: tensors.f32(&format!("{name}.bias"), &[length])?,
        })
    }

    fn apply(&self, rows: &mut [f32]) {
        for row in rows.chunks_exact_mut(self.weight.len()) {
            normalise(row, &self.weight, &self.bias);
        }
    }
}

impl Head {
    fn read(tensors: &Tensors, name: &str, rules: usize, hidden: usize) -> Result<Self, NotAModel> {
        Ok(Self {
            weight: tensors.f32(&format!("{name}.weight"), &[rules, hidden])?,
            bias: tensors.f32(&format!("{name}.bias"), &[rules])?,
        })
    }

    /// What a state gives for each rule, without the bias.
    fn shares(&self, state: &[f32]) -> Vec<f32> {
        let rows = self.weight.chunks_exact(state.len());
        rows.map(|row| row.iter().zip(state).map(|(weight, value)| weight * value).sum())
            .collect()
    }

    fn probabilities(&self, state: &[f32]) -> Vec<f32> {
        let scores = self.shares(state).into_iter().zip(&self.bias);
        scores.map(|(share, bias)| sigmoid(share + bias)).collect()
    }
}
