import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import { reachInto } from '@main/files/reach';
import { readerOf } from '@main/scan/readers';
import { writeExternal } from '../../helpers/damage';
import { writeTree } from '../../helpers/hdf5';
import { temporaryFolder } from '../../support/build';

/**
 * The attack: a scan file in the watched folder names another file of the user as the place of its counts, by external raw storage, an
 * external link or a linked folder, and what lies there is read, judged and drawn. Only what lies in the source's own folder and
 * in the folders that the user named may be read.
 */

const FRAMES = 11;
const COUNTS = FRAMES * 16 * 16;

interface Place {
  readonly watched: string;
  readonly outside: string;
}

/** A watched folder, and one beside it that nobody named. */
function place(): Place {
  const base = temporaryFolder();
  const [watched, outside] = [join(base, 'watched'), join(base, 'outside')];
  mkdirSync(watched);
  mkdirSync(outside);
  reachInto([watched]);
  onTestFinished(() => reachInto(undefined));
  return { watched, outside };
}

const writeRaw = (path: string): void =>
  writeFileSync(
    path,
    new Uint32Array(COUNTS).map((_, i) => 1 + (i % 7)),
  );

/** What comes of reading a scan's frames: their sum, or a code. */
function read(source: string): number | string {
  try {
    const scan = readerOf('hdf5').open({ format: 'hdf5', source, number: 1 });
    try {
      return Array.from(scan.read(0, FRAMES)).reduce((all, count) => all + count, 0);
    } finally {
      scan.close();
    }
  } catch (error) {
    if (error instanceof BraggwatchError) return error.code;
    throw error;
  }
}

const sum = Array.from({ length: COUNTS }, (_, i) => 1 + (i % 7)).reduce((a, b) => a + b, 0);

describe('external raw storage', () => {
  it('is read where it lies in the watched folder, and refused with a code where it does not', () => {
    const { watched, outside } = place();
    for (const folder of [watched, outside]) writeRaw(join(folder, 'counts.raw'));
    const [near, far] = [join(watched, 'near.h5'), join(watched, 'far.h5')];
    writeExternal(near, join(watched, 'counts.raw'));
    writeExternal(far, join(outside, 'counts.raw'));
    expect(read(near)).toBe(sum);
    expect(read(far)).toBe('links-outside');
    // Somebody names the other folder, too.
    reachInto([watched, outside]);
    expect(read(far)).toBe(sum);
  });

  it('is refused behind links within the folder that lead out of it', () => {
    const { watched, outside } = place();
    writeRaw(join(outside, 'counts.raw'));
    symlinkSync(join(outside, 'counts.raw'), join(watched, 'link.raw'));
    symlinkSync(outside, join(watched, 'linked'));
    for (const [name, raw] of [
      ['file.h5', join(watched, 'link.raw')],
      ['folder.h5', join(watched, 'linked', 'counts.raw')],
      ['up.h5', join(watched, '..', 'outside', 'counts.raw')],
    ] as const) {
      writeExternal(join(watched, name), raw);
      expect(read(join(watched, name))).toBe('links-outside');
    }
  });

  it('in a pipe or a device is never opened: that would wait, or go on, for ever', () => {
    const { watched } = place();
    execFileSync('mkfifo', [join(watched, 'pipe')]);
    writeExternal(join(watched, 'pipe.h5'), join(watched, 'pipe'));
    writeExternal(join(watched, 'zero.h5'), '/dev/zero');
    expect(read(join(watched, 'pipe.h5'))).toBe('not-a-file');
    expect(read(join(watched, 'zero.h5'))).toBe('not-a-file');
  });
});

describe('an external link', () => {
  const linked = (path: string, target: string): void =>
    writeTree(path, (tree) => {
      tree.group('/1.1', { NX_class: 'NXentry' });
      tree.put('/1.1/title', 'ascan eta 0 1 10 0.1');
      tree.put('/1.1/start_time', '2026-01-01T00:00:00');
      tree.put('/1.1/end_time', '2026-01-01T00:10:00');
      tree.put('/1.1/instrument/mpx1x4/type', 'lima');
      tree.put(
        '/1.1/measurement/eta',
        Float64Array.from({ length: FRAMES }, (_, i) => i / 10),
      );
      tree.link('/1.1/instrument/mpx1x4/data', target, '/frames');
      tree.link('/1.1/measurement/mpx1x4', target, '/frames');
    });
  const frames = (path: string): void =>
    writeTree(path, (tree) =>
      tree.array(
        '/frames',
        new Uint32Array(COUNTS).map((_, i) => 1 + (i % 7)),
        [FRAMES, 16, 16],
      ),
    );

  it('is followed within the watched folder, and refused where it leads out, by whatever way', () => {
    const { watched, outside } = place();
    mkdirSync(join(watched, 'raw'));
    frames(join(watched, 'raw', 'frames.h5'));
    frames(join(outside, 'frames.h5'));
    symlinkSync(outside, join(watched, 'linked'));
    const cases = [
      ['near.h5', 'raw/frames.h5', sum],
      ['far.h5', join(outside, 'frames.h5'), 'links-outside'],
      ['up.h5', '../outside/frames.h5', 'links-outside'],
      ['linked.h5', 'linked/frames.h5', 'links-outside'],
    ] as const;
    for (const [name, target, expected] of cases) {
      linked(join(watched, name), target);
      expect(read(join(watched, name)), name).toBe(expected);
    }
  });
});
