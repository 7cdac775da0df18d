//! Attention: every token takes in what it finds in the others, by several heads.
//!
//! Head by head and four queries at a time, so that no table of all scores is ever made.

use std::ops::Range;

use wide::{f32x4, i16x8};

use super::kernel::{
    COLUMNS, Pairs, Quantised, ROWS, Step, halves, largest, nearest, pair, product, scale, vector,
};
use super::maths::{exp, sum};

/// The largest head, in values: with it the sums of [`LIMIT`] times [`LIMIT`] stay within 32 bits.
pub(super) const HEAD: usize = 128;
/// The largest whole number in a query and in a key.
const LIMIT: f32 = 4095.0;
/// The largest whole number in a value.
const VALUE: f32 = 8191.0;
/// The largest whole number a weight can be.
const WEIGHT: f32 = 32_767.0;
/// What the weights of one query may add up to: times [`VALUE`] it stays within 32 bits.
const WEIGHTS: f32 = 250_000.0;

/// Room to work in, kept from run to run.
#[derive(Debug, Default)]
pub(super) struct Attention {
    queries: Quantised,
    keys: Vec<Step>,
    key_scales: Vec<f32>,
    values: Vec<Step>,
    value_scales: Vec<f32>,
    whole: Vec<i16>,
    part: Vec<f32>,
    scores: Vec<f32>,
    weights: Vec<Pairs>,
}

impl Attention {
    /// From rows that hold queries, keys and values side by side to rows of what each token takes in.
    pub(super) fn mix(&mut self, rows: &[f32], hidden: usize, heads: usize, mixed: &mut [f32]) {
        let size = hidden / heads;
        for head in 0..heads {
            let columns = head * size..(head + 1) * size;
            self.take_queries(rows, hidden, &columns);
            self.take_keys(rows, hidden, &columns);
            self.take_values(rows, hidden, &columns);
            self.mix_head(
                size,
                rows.len() / (3 * hidden),
                &mut mixed[columns.start..],
                hidden,
            );
        }
    }

    fn take_queries(&mut self, rows: &[f32], hidden: usize, columns: &Range<usize>) {
        self.part.clear();
        for row in rows.chunks_exact(3 * hidden) {
            self.part.extend_from_slice(&row[columns.clone()]);
        }
        self.queries.fill(&self.part, columns.len(), LIMIT);
    }

    /// A panel for each eight keys, a step for each two of their values.
    fn take_keys(&mut self, rows: &[f32], hidden: usize, columns: &Range<usize>) {
        let size = columns.len();
        let count = rows.len() / (3 * hidden);
        self.whole.clear();
        self.whole.resize(count.next_multiple_of(COLUMNS) * size, 0);
        self.key_scales.clear();
        self.key_scales.resize(count.next_multiple_of(COLUMNS), 0.0);
        let keys = rows
            .chunks_exact(3 * hidden)
            .map(|row| &row[hidden..][columns.clone()]);
        for ((key, whole), scaled) in keys
            .zip(self.whole.chunks_exact_mut(size))
            .zip(&mut self.key_scales)
        {
            let (factor, inverse) = scale(largest(key), LIMIT);
            *scaled = factor;
            for (whole, value) in whole.iter_mut().zip(key) {
                *whole = nearest(value * inverse) as i16;
            }
        }
        self.keys.clear();
        for panel in self.whole.chunks_exact(COLUMNS * size) {
            self.keys.extend((0..size / 2).map(|step| {
                let half = |first: usize| {
                    i16x8::new(std::array::from_fn(|at| {
                        panel[(first + at / 2) * size + 2 * step + at % 2]
                    }))
                };
                [half(0), half(4)]
            }));
        }
    }

    /// A panel for each eight values of a row, a step for each two rows.
    fn take_values(&mut self, rows: &[f32], hidden: usize, columns: &Range<usize>) {
        let size = columns.len();
        let count = rows.len() / (3 * hidden);
        let values = || {
            rows.chunks_exact(3 * hidden)
                .map(|row| &row[2 * hidden..][columns.clone()])
        };
        self.value_scales.clear();
        self.value_scales.resize(size, 0.0);
        for row in values() {
            for (most, value) in self.value_scales.iter_mut().zip(row) {
                *most = most.max(value.abs());
            }
        }
        self.part.clear();
        for most in &mut self.value_scales {
            let (factor, inverse) = scale(*most, VALUE);
            *most = factor;
            self.part.push(inverse);
        }
        self.whole.clear();
        self.whole.resize(count.next_multiple_of(2) * size, 0);
        for (row, whole) in values().zip(self.whole.chunks_exact_mut(size)) {
            for ((whole, value), inverse) in whole.iter_mut().zip(row).zip(&self.part) {
                *whole = nearest(value * inverse) as i16;
            }
        }
        self.values.clear();
        for first in (0..size).step_by(COLUMNS) {
            self.values.extend(self.whole.chunks_exact(2 * size).map(|two| {
                let half =
                    |first: usize| i16x8::new(std::array::from_fn(|at| two[at % 2 * size + first + at / 2]));
                [half(first), half(first + 4)]
            }));
        }
    }

    fn mix_head(&mut self, size: usize, count: usize, mixed: &mut [f32], stride: usize) {
        let room = count.next_multiple_of(COLUMNS);
        let steps = count.div_ceil(2);
        #[allow(clippy::cast_precision_loss, reason = "a head has at most 128 values")]
        let shrink = 1.0 / (size as f32).sqrt();
        self.scores.resize(ROWS * room, 0.0);
        for ((block, row_scales), mixed) in self.queries.blocks().zip(mixed.chunks_mut(ROWS * stride)) {
            for (at, panel) in self.keys.chunks_exact(size / 2).enumerate() {
                let sums = product(block, panel);
                let scales = halves(&self.key_scales[at * COLUMNS..]);
                for (row, (sum, &row_scale)) in sums.iter().zip(row_scales).enumerate() {
                    let row_scale = f32x4::splat(row_scale * shrink);
                    let scores = &mut self.scores[row * room + at * COLUMNS..][..COLUMNS];
                    for half in 0..2 {
                        let values = f32x4::from_i32x4(sum[half]) * (scales[half] * row_scale);
                        scores[4 * half..][..4].copy_from_slice(&values.to_array());
                    }
                }
            }
            self.weights.clear();
            self.weights.resize(steps, [0; ROWS]);
            let mut totals = [0.0; ROWS];
            for (row, total) in totals.iter_mut().enumerate() {
                let scores = &mut self.scores[row * room..][..room];
                scores[count..].fill(f32::MIN);
                *total = weigh(scores, &mut self.weights, row);
            }
            for (at, panel) in self.values.chunks_exact(steps).enumerate() {
                let first = at * COLUMNS;
                let scales = halves(&self.value_scales[first..]);
                let sums = product(&self.weights, panel);
                for ((sum, &total), row) in sums.iter().zip(&totals).zip(mixed.chunks_mut(stride)) {
                    let share = f32x4::splat(1.0 / total);
                    for half in 0..2 {
                        let values = f32x4::from_i32x4(sum[half]) * (scales[half] * share);
                        row[first + 4 * half..][..4].copy_from_slice(&values.to_array());
                    }
                }
            }
        }
    }
}

/// Turns a query's scores into weights, as whole numbers in its row of each pair; gives their total.
fn weigh(scores: &mut [f32], weights: &mut [Pairs], row: usize) -> f32 {
    let most = scores
        .chunks_exact(4)
        .map(vector)
        .fold(f32x4::splat(f32::MIN), f32x4::fast_max);
    let most = f32x4::splat(most.to_array().into_iter().fold(f32::MIN, f32::max));
    for four in scores.chunks_exact_mut(4) {
        let value = exp(vector(four) - most);
        four.copy_from_slice(&value.to_array());
    }
    let factor = WEIGHT.min(WEIGHTS / sum(scores.chunks_exact(4).map(vector)));
    let mut total = 0_i32;
    for (pairs, two) in weights.iter_mut().zip(scores.chunks_exact(2)) {
        let (first, second) = (nearest(two[0] * factor), nearest(two[1] * factor));
        total = total.wrapping_add(first).wrapping_add(second);
        pairs[row] = pair(first, second);
    }
    #[allow(clippy::cast_precision_loss, reason = "the total is below 2^24")]
    let total = total as f32;
    total
}
