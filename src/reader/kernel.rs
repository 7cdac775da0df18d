//! Matrix products in whole numbers, the same to the last bit on every machine.
//!
//! Both operands are 16-bit and meet in pairs: one instruction multiplies four pairs of each and adds the two
//! products of a pair (`pmaddwd`, `i32x4.dot_i16x8_s`). The left operand comes in blocks of [`ROWS`] rows,
//! the right one in panels of [`COLUMNS`] columns, so that a block's sums stay in registers. Whoever
//! quantises must keep the sums within 32 bits.

use bytemuck::cast;
use wide::{f32x4, i16x8, i32x4};

/// Rows of a block.
pub(super) const ROWS: usize = 4;
/// Columns of a panel.
pub(super) const COLUMNS: usize = 8;

/// One step of a panel: two depths of eight columns, four columns in each vector.
pub(super) type Step = [i16x8; 2];
/// One step of a block: two depths of each row, the earlier one in the lower half.
pub(super) type Pairs = [i32; ROWS];
/// The sums of a block with a panel, by row.
pub(super) type Sums = [[i32x4; 2]; ROWS];

/// Multiplies a block with a panel of the same depth.
#[inline]
pub(super) fn product(block: &[Pairs], panel: &[Step]) -> Sums {
    let mut sums = [[i32x4::ZERO; 2]; ROWS];
    for (pairs, [left, right]) in block.iter().zip(panel) {
        for (sum, &pair) in sums.iter_mut().zip(pairs) {
            let pair: i16x8 = cast(i32x4::splat(pair));
            sum[0] += pair.dot(*left);
            sum[1] += pair.dot(*right);
        }
    }
    sums
}

/// Two neighbouring values of a row.
#[inline]
pub(super) fn pair(first: i32, second: i32) -> i32 {
    first & 0xffff | second << 16
}

/// The nearest whole number of a value between -2²² and 2²².
#[inline]
pub(super) fn nearest(value: f32) -> i32 {
    // Adding this puts the whole number into the lowest bits, rounded to even like everywhere.
    const SHIFT: f32 = 12_582_912.0;
    let bits = (value + SHIFT).to_bits();
    bits.wrapping_sub(SHIFT.to_bits()).cast_signed()
}

/// Rows of activations as blocks, each row with a scale of its own.
#[derive(Debug, Default)]
pub(super) struct Quantised {
    /// Block after block, each as deep as half the row.
    pairs: Vec<Pairs>,
    /// What a row's whole numbers are to be multiplied with.
    scales: Vec<f32>,
    half: usize,
}

impl Quantised {
    /// Takes rows of an even length; their largest value becomes `limit`.
    pub(super) fn fill(&mut self, values: &[f32], length: usize, limit: f32) {
        self.half = length / 2;
        let rows = values.len() / length;
        let blocks = rows.div_ceil(ROWS);
        self.pairs.clear();
        self.pairs.resize(blocks * self.half, [0; ROWS]);
        self.scales.clear();
        self.scales.resize(blocks * ROWS, 0.0);
        for (at, row) in values.chunks_exact(length).enumerate() {
            let (scale, inverse) = scale(largest(row), limit);
            self.scales[at] = scale;
            let block = &mut self.pairs[at / ROWS * self.half..][..self.half];
            for (pairs, two) in block.iter_mut().zip(row.chunks_exact(2)) {
                pairs[at % ROWS] = pair(nearest(two[0] * inverse), nearest(two[1] * inverse));
            }
        }
    }

    /// The blocks, each with the scales of its rows.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (&[Pairs], &[f32])> {
        self.pairs
            .chunks_exact(self.half)
            .zip(self.scales.chunks_exact(ROWS))
    }
}

/// A matrix of weights, one byte each, in the order in which a product reads them.
#[derive(Debug)]
pub(super) struct Weights {
    /// Panel after panel, step after step: eight outputs, two inputs of each.
    bytes: Vec<[i8; 2 * COLUMNS]>,
    /// What an output's whole numbers are to be multiplied with.
    scales: Vec<f32>,
    bias: Vec<f32>,
    steps: usize,
}

impl Weights {
    /// Takes a matrix by rows, one for each output, of which there are a multiple of [`COLUMNS`].
    pub(super) fn new(rows: &[i8], scales: Vec<f32>, bias: Vec<f32>) -> Self {
        let inputs = rows.len() / scales.len();
        let mut bytes = Vec::with_capacity(rows.len() / (2 * COLUMNS));
        for panel in rows.chunks_exact(inputs * COLUMNS) {
            for step in 0..inputs / 2 {
                bytes.push(std::array::from_fn(|at| {
                    panel[at / 2 * inputs + 2 * step + at % 2]
                }));
            }
        }
        Self {
            bytes,
            scales,
            bias,
            steps: inputs / 2,
        }
    }

    /// How many outputs a row becomes.
    pub(super) fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// What the rows become, `stride` values apart; the first outputs go to the first of them.
    pub(super) fn apply(&self, rows: &Quantised, outputs: &mut [f32], stride: usize, panel: &mut Vec<Step>) {
        for (at, bytes) in self.bytes.chunks_exact(self.steps).enumerate() {
            panel.clear();
            panel.extend(bytes.iter().map(|bytes| {
                let half = |from: usize| i16x8::new(std::array::from_fn(|at| i16::from(bytes[from + at])));
                [half(0), half(COLUMNS)]
            }));
            let first = at * COLUMNS;
            let scales = halves(&self.scales[first..]);
            let bias = halves(&self.bias[first..]);
            let mut rest = outputs.chunks_mut(stride);
            for (block, row_scales) in rows.blocks() {
                let sums = product(block, panel);
                for ((sum, &row_scale), row) in sums.iter().zip(row_scales).zip(&mut rest) {
                    let row_scale = f32x4::splat(row_scale);
                    for half in 0..2 {
                        let values = f32x4::from_i32x4(sum[half]) * (scales[half] * row_scale) + bias[half];
                        row[first + 4 * half..][..4].copy_from_slice(&values.to_array());
                    }
                }
            }
        }
    }
}

/// The first eight values.
#[inline]
pub(super) fn halves(values: &[f32]) -> [f32x4; 2] {
    let (left, right) = values[..COLUMNS].split_at(4);
    [vector(left), vector(right)]
}

/// Four values.
#[inline]
pub(super) fn vector(four: &[f32]) -> f32x4 {
    f32x4::new([four[0], four[1], four[2], four[3]])
}

/// The largest distance from zero.
pub(super) fn largest(values: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let chunks = values.chunks_exact(8);
    let rest = chunks
        .remainder()
        .iter()
        .fold(0.0_f32, |most, value| most.max(value.abs()));
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane = if value.abs() > *lane { value.abs() } else { *lane };
        }
    }
    lanes.into_iter().fold(rest, f32::max)
}

/// The factor from whole numbers to values and the one back, when the largest value becomes `limit`.
pub(super) fn scale(largest: f32, limit: f32) -> (f32, f32) {
    if largest > 0.0 {
        (largest / limit, limit / largest)
    } else {
        (0.0, 0.0)
    }
}
