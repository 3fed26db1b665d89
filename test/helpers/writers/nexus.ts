import { join } from 'node:path';
import { writeTree, type Tree } from '../hdf5';
import { axisVector, type Circle } from '../instrument';
import type { Measured } from '../truth';

/** A scan of Diamond I16 as GDA writes it: every circle a transformation, the detector's pixels by vectors in millimetres; the file's path. */
export function writeTransformations(folder: string, truth: Measured): string {
  const { instrument, positions, still } = truth;
  const { frames, shape, rocks, beam, pixelM, distanceM, energyEv } = instrument;
  const path = join(folder, '538039.nxs');
  const files = join(folder, '538039-pil-files');
  writeTree(join(files, '538039.hdf'), (tree) =>
    tree.array('/entry/instrument/detector/data', truth.all(), [frames, ...shape]),
  );
  const [down, across] = [axisVector(instrument.rows), axisVector(instrument.cols)];
  // The first pixel's centre, from where the straight beam meets the detector.
  const first = [0, 1, 2].map(
    (a) => 1000 * ((a === 2 ? distanceM : 0) - beam[0] * pixelM[0] * down[a]! - beam[1] * pixelM[1] * across[a]!),
  );
  const circles = (tree: Tree, group: string, list: readonly Circle[]): string =>
    list.reduce((outer, circle) => {
      const at = `${group}/${circle.motor}`;
      tree.put(at, circle.motor === rocks ? positions : Float64Array.of(still[circle.motor]!), {
        transformation_type: 'rotation',
        units: 'deg',
        vector: axisVector(circle.axis),
        // Without its first slash, as GDA has it.
        depends_on: outer === '.' ? '.' : outer.slice(1),
      });
      return at;
    }, '.');
  writeTree(path, (tree) => {
    tree.group('/entry1', { NX_class: 'NXentry' });
    tree.group('/entry1/instrument', { NX_class: 'NXinstrument' });
    tree.group('/entry1/instrument/pil', { NX_class: 'NXdetector' });
    tree.group('/entry1/instrument/pil/module', { NX_class: 'NXdetector_module' });
    tree.group('/entry1/sample', { NX_class: 'NXsample' });
    tree.put('/entry1/instrument/beamline', 'i16');
    tree.put(
      '/entry1/scan_command',
      `scan ${rocks === 'en' || rocks === 'energy' ? `${rocks} 8.9 9.1` : 'eta 17 18'} 0.01 pil 1`,
    );
    tree.put('/entry1/sample/depends_on', circles(tree, '/entry1/sample/transformations', instrument.sample));
    if ('en' in still) {
      tree.group('/entry1/instrument/en', { NX_class: 'NXpositioner' });
      tree.put('/entry1/instrument/en/value', rocks === 'en' ? positions : Float64Array.of(still['en']));
    }
    if (rocks === 'energy') tree.put('/entry1/instrument/monochromator/energy', positions);
    const arm = circles(tree, '/entry1/instrument/transformations', instrument.detector);
    const module = '/entry1/instrument/pil/module';
    tree.put(`${module}/origin_offset`, Float64Array.of(1), {
      transformation_type: 'translation',
      units: 'mm',
      vector: first,
      depends_on: arm,
    });
    const pixel = (name: string, pitch: number, vector: readonly number[]): void =>
      tree.put(`${module}/${name}`, Float64Array.of(1000 * pitch), {
        transformation_type: 'translation',
        units: 'mm',
        vector,
        depends_on: `${module}/origin_offset`,
      });
    pixel('slow_pixel_direction', pixelM[0], down);
    pixel('fast_pixel_direction', pixelM[1], across);
    tree.link('/entry1/instrument/pil/data', '538039-pil-files/538039.hdf', '/entry/instrument/detector/data');
    tree.put('/entry1/sample/beam/incident_wavelength', 1239.841984 / energyEv, { units: 'nm' });
    tree.put('/entry1/end_time', '2026-11-22T10:02:00');
  });
  return path;
}

/** A scan of NanoMAX: the file's path; its frames in a file beside. */
export function writeNanomax(folder: string, truth: Measured): string {
  const { instrument, positions, still } = truth;
  const { frames, shape, rocks, energyEv } = instrument;
  writeTree(join(folder, 'scan_000042_merlin.hdf5'), (tree) =>
    tree.array('/entry/instrument/Merlin/data', truth.all(), [frames, ...shape]),
  );
  const path = join(folder, '000042.h5');
  writeTree(path, (tree) => {
    tree.put('/entry/description', `ascan ${rocks} ${positions[0]} ${positions.at(-1)} ${frames - 1} 1`);
    tree.put(`/entry/measurement/${rocks}`, positions);
    tree.put('/entry/measurement/alba2/1', new Float64Array(frames).fill(3));
    tree.link('/entry/measurement/merlin/frames', 'scan_000042_merlin.hdf5', 'entry/instrument/Merlin/data');
    for (const group of ['pre_scan', 'post_scan']) {
      for (const [motor, value] of Object.entries({ ...still, energy: energyEv, sx: 1.5 }))
        tree.put(`/entry/snapshots/${group}/${motor}`, Float64Array.of(value));
    }
  });
  return path;
}
