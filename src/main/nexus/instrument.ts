import type { Group } from 'h5wasm/node';
import { HC_EV_ANGSTROM } from '@core/geometry/q';
import type { ReducedRecord } from './record';
import { addGroup, addValue } from './tree';

/** What the formats' own words for units are in NeXus; others stay as they are. */
const UNITS: Readonly<Record<string, string>> = { degree: 'deg', degrees: 'deg', micron: 'um', microns: 'um' };

/** Adds NXinstrument: what the scan was measured with, as it was reduced with, each number with its unit. */
export function addInstrument(entry: Group, { facts, setup }: ReducedRecord): void {
  const instrument = addGroup(entry, 'instrument', 'NXinstrument');
  const name = facts.instrument ?? setup?.beamline;
  if (name !== undefined) addValue(instrument, 'name', name);
  if (setup) {
    const monochromator = addGroup(instrument, 'monochromator', 'NXmonochromator');
    addValue(monochromator, 'energy', setup.energyEv, 'eV');
    addValue(monochromator, 'wavelength', HC_EV_ANGSTROM / setup.energyEv, 'angstrom');
    const detector = addGroup(instrument, 'detector', 'NXdetector');
    addValue(detector, 'description', setup.detector);
    addValue(detector, 'distance', setup.distanceM, 'm');
    // NeXus calls the columns x: they are the fast axis of the frames as stored.
    addValue(detector, 'x_pixel_size', setup.pixelM[1], 'm');
    addValue(detector, 'y_pixel_size', setup.pixelM[0], 'm');
    addValue(detector, 'beam_center_x', setup.directBeam[1], 'pixel');
    addValue(detector, 'beam_center_y', setup.directBeam[0], 'pixel');
  }
  const motors = Object.entries(facts.positions);
  if (motors.length === 0) return;
  const positioners = addGroup(instrument, 'positioners', 'NXcollection');
  // A slash would be a path.
  for (const [motor, position] of motors)
    addPosition(positioners, motor.replaceAll('/', '_'), position, facts.units?.[motor]);
}

function addPosition(parent: Group, name: string, position: number | Float64Array, unit: string | undefined): void {
  const units = unit === undefined || unit === '' ? undefined : (UNITS[unit] ?? unit);
  if (typeof position === 'number') {
    addValue(parent, name, position, units);
    return;
  }
  const dataset = parent.create_dataset({ name, data: position });
  if (units !== undefined) dataset.create_attribute('units', units);
}

/** Adds NXsample: whose crystal it is, and the reflection that was looked at. */
export function addSample(entry: Group, { facts, hkl, setup }: ReducedRecord): void {
  const sample = addGroup(entry, 'sample', 'NXsample');
  addValue(sample, 'name', facts.sample ?? facts.name);
  const element = setup?.element ?? facts.element;
  if (element !== undefined) addValue(sample, 'chemical_formula', element);
  if (hkl) sample.create_dataset({ name: 'reflection', data: Int32Array.from(hkl) });
}
