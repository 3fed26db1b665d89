import type { Preset } from '@contract/geometry';

/** Watching with this name takes, for each scan, the preset that fits its format and detector. */
export const autoPreset = 'auto';

/** A preset with a word on it: whose circles and detectors it has. */
export const presetInWords = ({ label, sampleCircles, detectorCircles, detectors }: Preset): string => {
  const motors = (circles: Preset['sampleCircles']): string => circles.map(({ motor }) => motor).join(' ');
  return [
    label,
    [motors(sampleCircles), motors(detectorCircles)].filter(Boolean).join(', '),
    detectors.map(({ name }) => name).join(', '),
  ].join(' · ');
};
