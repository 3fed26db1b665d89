import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { simulateScan, writeScan } from '@main/demo';
import { createBlissScan } from '@main/demo/bliss';
import { reduceSource } from '@main/reading/reduce-scan';
import { scanService } from '@main/reading/service';
import { readerOf } from '@main/scan/readers';
import { temporaryFolder } from '../../support/build';
import { wishes } from './wishes';

/** What a process makes of a scan that sees it for the first time. */
function fresh(source: string): Uint8Array {
  const opened = readerOf('bliss').open({ format: 'bliss', source, number: 1 });
  try {
    return reduceSource(opened, wishes).volume.intensity;
  } finally {
    opened.close();
  }
}

it('a scan followed while it is written gives the volume of one read at one go, also when another takes its place', () => {
  const folder = temporaryFolder();
  const { spec, master } = writeScan(folder);
  const { header, frames, monitor } = simulateScan(spec);
  const points = header.positions.length;
  rmSync(dirname(master), { recursive: true });
  const ref = { format: 'bliss', source: master, number: 1 } as const;

  const write = (
    steps: readonly number[],
    change: (count: number) => number,
    look: (present: number) => void,
  ): void => {
    const writer = createBlissScan(folder, header);
    expect(writer.master).toBe(master);
    for (const [k, from] of steps.entries()) {
      const to = steps[k + 1] ?? points;
      writer.append(frames(from, to).map(change), monitor(from, to));
      if (to < points) look(to);
    }
    writer.finish();
  };
  const judged = join(temporaryFolder(), 'beside', 'volume.part');
  /** What the network would be given of it. */
  const reduce = (): Uint8Array => {
    scanService.reduce(ref, wishes, judged);
    return readFileSync(judged);
  };
  const follow = (present: number): void => {
    const { frames: read, more } = scanService.follow(ref, wishes);
    expect(read).toBeGreaterThan(0);
    expect(more).toBe(false);
    if (present > points / 2) expect(Buffer.compare(reduce(), fresh(master))).toBe(0);
  };
  write([0, 11, 20, Math.ceil(0.7 * points), points - 1], (count) => count, follow);
  const first = reduce();
  expect(Buffer.compare(first, fresh(master))).toBe(0);

  // Thrown away while it was followed, and measured anew.
  rmSync(dirname(master), { recursive: true });
  createBlissScan(folder, header).append(frames(0, 20), monitor(0, 20));
  expect(scanService.follow(ref, wishes).frames).toBe(20);
  rmSync(dirname(master), { recursive: true });
  write(
    [0],
    (count) => (count < 5 ? 0 : count),
    () => undefined,
  );
  const second = reduce();
  expect(Buffer.compare(second, fresh(master))).toBe(0);
  expect(Buffer.compare(second, first)).not.toBe(0);
});
