import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tiff } from '../../main/scan/write-spec';
import type { Measured } from '../truth';

/** A scan of APS 34-ID-C: the folder of frames, a SPEC file beside it. */
export function writeSpecTiff(folder: string, truth: Measured): string {
  const { instrument, positions, still } = truth;
  const { shape, frames, rocks, energyEv, distanceM } = instrument;
  const place = join(folder, 'AD34idcTIM2_Pt_S0007');
  mkdirSync(place, { recursive: true });
  for (let f = 0; f < frames; f++) {
    const name = `Pt_S0007_${String(f).padStart(5, '0')}.tif`;
    writeFileSync(join(place, name), tiff(Int32Array.from(truth.frame(f)), ...shape));
  }
  const motors = Object.entries({ ...still, [rocks]: positions[0]!, cam: distanceM * 1000, en: energyEv / 1000 });
  const text = [
    '#F Pt.spec',
    '#E 1771000000',
    '#D Sat Feb 14 02:00:00 2026',
    `#O0 ${motors.map(([name]) => (name === rocks ? 'Theta' : name)).join('  ')}`,
    `#o0 ${motors.map(([name]) => name).join(' ')}`,
    '',
    `#S 7  ascan  ${rocks} ${positions[0]} ${positions.at(-1)}  ${frames - 1} 0.5`,
    '#D Sat Feb 14 02:10:00 2026',
    `#P0 ${motors.map(([, value]) => value).join(' ')}`,
    '#UIMDET 34idcTIM2:',
    '#N 2',
    '#L Theta  Monitor',
    ...Array.from(positions, (at) => `${at} 100000`),
    '',
  ];
  writeFileSync(join(folder, 'Pt.spec'), text.join('\n'));
  return place;
}

/** A scan of HEPS ID05: its images in a folder of its own below `images`, the wavelength in `#G4`. */
export function writeHeps(folder: string, truth: Measured): string {
  const { instrument, positions, still } = truth;
  const { shape, frames, rocks, energyEv } = instrument;
  const place = join(folder, 'images/Pt/S007');
  mkdirSync(place, { recursive: true });
  for (let f = 0; f < frames; f++) {
    const name = `A_${String(f).padStart(3, '0')}.tif`;
    writeFileSync(join(place, name), tiff(Int32Array.from(truth.frame(f)), ...shape));
  }
  const motors = Object.entries({ ...still, [rocks]: positions[0]! });
  const text = [
    '#F Pt.spec',
    '#E 1771000000',
    '#D Sat Feb 14 02:00:00 2026',
    `#O0 ${motors.map(([name]) => name.toUpperCase()).join('  ')}`,
    `#o0 ${motors.map(([name]) => name).join(' ')}`,
    '',
    `#S 7  ascan  ${rocks} ${positions[0]} ${positions.at(-1)}  ${frames - 1} 0.5`,
    '#D Sat Feb 14 02:10:00 2026',
    `#G4 0 0 1 ${12398.419843320025 / energyEv} 0 0 0 35`,
    `#P0 ${motors.map(([, value]) => value).join(' ')}`,
    '#N 2',
    `#L ${rocks.toUpperCase()}  Monitor`,
    ...Array.from(positions, (at) => `${at} 100000`),
    '',
  ];
  const path = join(folder, 'Pt.spec');
  writeFileSync(path, text.join('\n'));
  return path;
}
