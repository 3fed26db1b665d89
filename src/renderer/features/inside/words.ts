import type { InsideOpinion } from '@contract/inside';
import type { QuantityName } from '@renderer/drawing/inside/quantity';

const turns = (winding: number): string => (Math.abs(winding) === 1 ? 'once' : `${Math.abs(winding)} times`);

/** Every word about the crystal that is retrieved from a pattern. */
export const insideText = {
  title: 'Inside',
  does: 'Look inside the crystal, or back to its pattern',
  hint: 'Retrieves the phases of this pattern, and shows the crystal that made it: its shape, its strain, and any dislocation in it. It knows nothing of the network.',
  unjudged: 'There is no pattern to look into yet.',
  begin: 'Look inside',
  again: 'Look again',
  stop: 'Stop',
  show: 'Show the crystal',
  pattern: 'Back to the pattern',
  waiting: 'Waits for its turn: verdicts go before.',
  running: (done: string, total: number) => `Retrieval ${done} of ${total}`,
  progress: 'Retrievals done',
  soFar: 'So far:',
  says: {
    line: (character: InsideOpinion['character']) =>
      character === null
        ? 'There is a dislocation line through the crystal.'
        : `There is a dislocation line through the crystal, ${{ screw: 'of a screw', edge: 'of an edge', mixed: 'of mixed character' }[character]}.`,
    none: 'There is no dislocation line: the phase is one surface through the whole crystal.',
    undecided: 'Undecided.',
  },
  winds: (winding: number, angle: string) => `The phase winds ${turns(winding)} about it; it runs at ${angle}° to Q.`,
  unexplained: (share: string) =>
    `The best retrieval leaves ${share} of the amplitude it was not told unexplained: too much to believe any of them.`,
  disagree: (agreeing: number, starts: number) =>
    `Only ${agreeing} of ${starts} retrievals show the same. The pattern may be cut off, too coarse, or of a crystal too bent.`,
  contradicts: 'The network says otherwise: take its verdict with care.',
  confirms: 'The network says the same.',
  facts: {
    agreeing: 'Agree',
    agreeingValue: (agreeing: number, starts: number) => `${agreeing} of ${starts} retrievals`,
    freeError: 'Free error',
    freeErrorHint: 'What the best retrieval leaves of the amplitude that it was not told: the smaller, the better',
    size: 'Size',
    sizeHint: 'Cube root of the volume',
    sizeValue: (nm: string) => `${nm} nm`,
    spread: 'Phase, r.m.s.',
    spreadValue: (rad: string) => `${rad} rad`,
    strain: 'Strain, r.m.s.',
    strainValue: (percent: string) => `${percent} %`,
  },
  lines: {
    title: 'Dislocation lines',
    length: 'Length',
    depth: 'Depth',
    depthHint: 'How far below the surface the line comes, at its deepest',
    angle: 'To Q',
    winding: 'Winds',
    lengthValue: (nm: string) => `${nm} nm`,
    ofSize: (share: string) => `${share} of the size`,
    angleValue: (degrees: string) => `${degrees}°`,
    show: 'Show',
    showHint: 'Move the cuts to the middle of this line',
  },

  crystal: 'Crystal',
  tools: 'How the crystal is shown',
  colour: 'Colour',
  quantities: { phase: 'Phase', displacement: 'Displacement', strain: 'Strain' } satisfies Record<QuantityName, string>,
  unknownScale: 'The scale of this pattern is not known',
  bars: {
    phase: 'Phase, rad',
    displacement: 'Displacement along Q, Å',
    strain: 'Strain along Q, %',
  } satisfies Record<QuantityName, string>,
  amplitude: 'Amplitude',
  level: 'Surface at',
  levelHint: 'The surface is drawn where the amplitude is so much of its largest',
  levelValue: (value: string) => `${value} of the largest amplitude`,
  opacity: 'Opacity',
  opacityValue: (percent: string) => `${percent} %`,
  roleDescription: '3-D view',
  describe: (lines: number, quantity: string, level: string) =>
    `Crystal, coloured by ${quantity.toLowerCase()}, ${lines === 0 ? 'no line' : lines === 1 ? 'a dislocation line' : `${lines} dislocation lines`} in it, surface at ${level}. Arrow keys turn it, plus and minus zoom, Home resets; a click moves the cuts there.`,
  cutRole: 'cut',
  cutName: (of: string, what: string, axis: string) => `${of}${what}, cut across ${axis}`,
  across: (axis: string) => ` across ${axis}`,
  cutValue: (name: string, at: string, value: string) =>
    `${name} at ${at}: ${value}. Arrow keys move the crosshair, brackets step through depth.`,
  outside: 'outside the crystal',
  crosshair: 'Crosshair',
  nm: (value: string) => `${value} nm`,
  voxels: (value: string) => `${value} voxels`,
  unitNm: 'nm',
  unitVoxels: 'voxels',
  q: 'Q',
  key: 'line about which the phase winds',
  values: {
    phase: (value: string) => `${value} rad`,
    displacement: (value: string) => `${value} Å`,
    strain: (value: string) => `${value} %`,
  } satisfies Record<QuantityName, (value: string) => string>,
  empty: 'Nobody has looked inside this crystal yet.',
  readOnly: 'Who may only look cannot ask for it.',
  beginning: 'The first picture comes with the first retrieval.',
  thereEmpty: 'Nobody has looked inside this one yet: open it and press d.',
  saved: 'the crystal',
  caption: (level: string) => `Surface at ${level}`,
  keys: {
    quantity: 'Colour the crystal by phase, displacement or strain',
    save: 'Save the crystal as PNG, or as SVG',
    turn: 'Turn the focused crystal; in a cut: move the crosshair',
    zoom: 'Zoom the focused crystal, or turn it back',
    depth: 'Step the focused cut of the crystal',
  },
} as const;
