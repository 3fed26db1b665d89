import { presetSchema, type Detector, type Preset } from '@contract/geometry';
import id01 from '@resources/beamlines/id01.json';

/** The beamline that the demo simulates: the preset that its scans are then read with. */
export const beamline: Preset = presetSchema.parse(id01);

/** Its Maxipix, under the name that BLISS files have for it. */
export const DETECTOR_NAME = 'mpx1x4';

const found = beamline.detectors.find(({ aliases }) => aliases.includes(DETECTOR_NAME));
if (!found) throw new RangeError(`the preset ${beamline.name} has no ${DETECTOR_NAME}`);
export const detector: Detector = found;
