/** Ticks at round values inside [from, to], about `count` of them, ascending. */
export function roundTicks(from: number, to: number, count: number): readonly number[] {
  const rough = (to - from) / count;
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((multiple) => multiple * decade >= rough * (1 - 1e-9))! * decade;
  const ticks: number[] = [];
  for (let n = Math.ceil(from / step - 1e-9); n * step <= to + step * 1e-9; n++) ticks.push(n * step);
  return ticks;
}

/** Decimals that tell neighbouring ticks apart. */
export function tickDecimals(ticks: readonly number[]): number {
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : 1;
  return Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
}

/** The part of an axis that a zoomed view shows, in voxel edges, kept inside [0, size]. */
export function viewWindow(size: number, zoom: number, centre: number): readonly [number, number] {
  const width = size / zoom;
  const start = Math.min(size - width, Math.max(0, centre + 0.5 - width / 2));
  return [start, start + width];
}

/** Distance in 1/angstrom of a voxel's centre from the Bragg peak, whose centre of mass lies at the middle index. */
export function fromPeak(index: number, size: number, voxel: number): number {
  return (index - Math.floor(size / 2)) * voxel;
}
