const FRACTION_BITS = 10;
const FRACTION = 2 ** FRACTION_BITS;
const BIAS = 15;
const SPECIAL = 31;

/** The number that sixteen bits stand for as an IEEE 754 half. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> FRACTION_BITS) & SPECIAL;
  const fraction = bits & (FRACTION - 1);
  if (exponent === SPECIAL) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** (1 - BIAS - FRACTION_BITS);
  return sign * (1 + fraction / FRACTION) * 2 ** (exponent - BIAS);
}
