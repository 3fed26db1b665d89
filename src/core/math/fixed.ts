/** A number with so many decimals, as `toFixed` writes it, but never as a zero with a minus sign. */
export const fixed = (value: number, decimals: number): string =>
  value.toFixed(decimals).replace(/^-(?=0(\.0*)?$)/, '');
