/**
 * A table as a smooth function: cubic between its points, with slopes from five points, as LAMMPS interpolates its tables.
 * Just outside it goes on as it was; a hundredth of its length farther, it stays.
 * @param step distance of neighbouring entries; entry 0 belongs to 0
 */
export function interpolate(values: Float64Array, step: number): (x: number) => number {
  const last = values.length - 1;
  const at = (i: number): number => values[Math.min(last, Math.max(0, i))]!;
  const slope = (i: number): number => {
    if (i <= 0 || i >= last) return i <= 0 ? at(1) - at(0) : at(last) - at(last - 1);
    if (i === 1 || i === last - 1) return (at(i + 1) - at(i - 1)) / 2;
    return (at(i - 2) - at(i + 2) + 8 * (at(i + 1) - at(i - 1))) / 12;
  };
  return (x) => {
    const position = Math.min(1.01 * last, Math.max(0, x / step));
    const i = Math.min(last - 1, Math.floor(position));
    const t = position - i;
    const rise = at(i + 1) - at(i);
    const c = 3 * rise - 2 * slope(i) - slope(i + 1);
    const d = slope(i) + slope(i + 1) - 2 * rise;
    return at(i) + t * (slope(i) + t * (c + t * d));
  };
}
