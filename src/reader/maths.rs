//! The functions between the matrix products, four values at a time.

use bytemuck::cast;
use wide::{f32x4, i32x4};

use super::kernel::vector;

/// `e` to the power of four values, each at most 0 here; relative error below 10⁻⁶. Below -87 it is as good
/// as nothing.
#[inline]
pub(super) fn exp(values: f32x4) -> f32x4 {
    // Rounds to a whole number and leaves it in the lowest bits.
    const SHIFT: f32 = 12_582_912.0;
    let values = values.fast_max(f32x4::splat(-87.0)).fast_min(f32x4::splat(87.0));
    let shifted = values * f32x4::splat(std::f32::consts::LOG2_E) + f32x4::splat(SHIFT);
    let whole = shifted - f32x4::splat(SHIFT);
    // Natural logarithm of 2 in two parts, the first exact when multiplied with a small whole number.
    let rest = values - whole * f32x4::splat(0.693_359_4) + whole * f32x4::splat(2.121_944_4e-4);
    let mut sum = f32x4::splat(1.987_569_1e-4);
    for factor in [1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 5.0e-1] {
        sum = sum * rest + f32x4::splat(factor);
    }
    let sum = sum * rest * rest + rest + f32x4::splat(1.0);
    let power: i32x4 = cast(shifted);
    let power = (power - i32x4::splat(SHIFT.to_bits().cast_signed() - 127)) << 23;
    sum * cast::<i32x4, f32x4>(power)
}

/// The activation, in its form by tanh: `x / (1 + e^(-2u))` with `u = √(2/π) (x + 0.044715 x³)`.
pub(super) fn gelu(values: &mut [f32]) {
    const TWICE: f32 = -1.595_769;
    for four in values.chunks_exact_mut(4) {
        let x = vector(four);
        let cubed = x * x * x;
        let u = (x + cubed * f32x4::splat(0.044_715)) * f32x4::splat(TWICE);
        let y = x / (f32x4::splat(1.0) + exp(u));
        four.copy_from_slice(&y.to_array());
    }
}

/// `LayerNorm` of one row, in place.
pub(super) fn normalise(row: &mut [f32], weight: &[f32], bias: &[f32]) {
    const EPSILON: f32 = 1e-12;
    let count = f32::from(u16::try_from(row.len()).unwrap_or(u16::MAX));
    let mean = sum(row.chunks_exact(4).map(vector)) / count;
    let mean = f32x4::splat(mean);
    let variance = sum(row.chunks_exact(4).map(|four| {
        let distance = vector(four) - mean;
        distance * distance
    })) / count;
    let inverse = f32x4::splat(1.0 / (variance + EPSILON).sqrt());
    let parameters = weight.chunks_exact(4).zip(bias.chunks_exact(4));
    for (four, (weight, bias)) in row.chunks_exact_mut(4).zip(parameters) {
        let value = (vector(four) - mean) * inverse * vector(weight) + vector(bias);
        four.copy_from_slice(&value.to_array());
    }
}

/// The sum of all values, always in the same order.
pub(super) fn sum(fours: impl Iterator<Item = f32x4>) -> f32 {
    let [a, b, c, d] = fours.fold(f32x4::ZERO, |sum, four| sum + four).to_array();
    (a + b) + (c + d)
}

/// `1 / (1 + e^-x)`.
pub(super) fn sigmoid(x: f32) -> f32 {
    let [y, ..] = exp(f32x4::splat(-x)).to_array();
    1.0 / (1.0 + y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_close_to_the_true_one() {
        for at in -8700_i16..=8700 {
            let x = f32::from(at) / 100.0;
            let [y, ..] = exp(f32x4::splat(x)).to_array();
            let error = (f64::from(y) / f64::from(x).exp() - 1.0).abs();
            assert!(error < 1e-6, "{x}: {y}, off by {error}");
        }
    }

    #[test]
    fn gelu_and_norm_are_what_they_are_in_training() {
        let mut values = [-3.0, -1.0, 0.5, 2.0];
        gelu(&mut values);
        let expected = [-0.003_637_392, -0.158_808, 0.345_714, 1.954_597_7];
        assert!(
            values.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5),
            "{values:?}"
        );
        let mut row = [1.0, 2.0, 3.0, 4.0];
        normalise(&mut row, &[1.0, 1.0, 1.0, 2.0], &[0.0, 0.0, 0.0, 1.0]);
        let expected = [-1.341_640_8, -0.447_213_6, 0.447_213_6, 3.683_281_6];
        assert!(
            row.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5),
            "{row:?}"
        );
    }
}
