import type { OcclusionMap } from '@contract/occlusion';
import { byClass, classes, type DefectClass } from '@vocabulary/classes';

const nouns = byClass((name) => classes[name].words.noun);

/** Every word about the occlusion map of a verdict, and what its reflection cannot see; part of `text`.. */
export const explainText = {
  title: 'Why',
  start: 'Explain',
  again: 'Explain again',
  cancel: 'Stop',
  pause: 'Pause',
  resume: 'Go on',
  hint: 'Hides one place of the volume after another and watches the probability: what the verdict rests on. The cuts show it as it grows.',
  unready: 'There is no volume to explain yet.',
  progress: 'Places done',
  begins: 'Reading the volume…',
  passes: {
    coarse: (done: number, total: number) => `Coarse grid: ${done} of ${total} places`,
    fine: (done: number, total: number) => `Refining where something happens: ${done} of ${total} places`,
  } satisfies Record<OcclusionMap['pass'], (done: number, total: number) => string>,
  paused: 'Paused: the occlusion map is as far as it came, and is gone on with where it was left.',
  stopped: 'Stopped: the occlusion map is as far as it came.',
  whole: (of: DefectClass, percent: string) => `With nothing hidden: ${percent} for ${nouns[of]}.`,
  falls: (by: string, to: string, distance: string) =>
    `It falls most, by ${by} to ${to}, when the ball stands ${distance} voxels from the peak.`,
  nowhereDecides: (by: string) => `No single place decides: hiding one takes away ${by} at the most.`,
  soFar: (by: string) => `So far no hidden place takes away more than ${by}.`,
  rises: (by: string, distance: string) =>
    `Hiding a place ${distance} voxels from the peak raises it by ${by}: what is there speaks against it.`,
  show: 'Go there',
  showHint: 'Move the crosshair to where the probability falls most',
  otherClass: (of: DefectClass) => `The model in use now says ${nouns[of]}; the verdict above came from another one.`,
  otherModel: 'Made with another model than the one in use now.',
  overlay: 'Over the cuts',
  opacity: 'Opacity',
  bar: (of: DefectClass, radius: number) =>
    `Fall of the probability of ${nouns[of]} when a ball of radius ${radius} voxels hides this place, in percentage points`,
  surface: {
    /** Of the colour bar in a figure that is saved. */
    title: (of: DefectClass) => `Fall of the probability of ${nouns[of]}, percentage points`,
    rests: 'Coloured by what the verdict rests on',
    unexplained:
      'Explain the verdict (e), and the surface is coloured by how far its probability falls when a ball hides a place',
  },
  signs: 'Above 0: the network relied on what is there. Below 0: it spoke against.',
  points: (value: string) => `${value} points`,
  crosshair: 'At the crosshair',
  fallsBy: (by: string, to: string) => `falls by ${by} to ${to}`,
  risesBy: (by: string, to: string) => `rises by ${by} to ${to}`,
  unchanged: 'unchanged',
  interpolated: 'interpolated',
  notYet: 'not yet',

  blind: {
    title: 'What this reflection cannot see',
    of: (hkl: string) => `Dislocations with these Burgers vectors leave no trace in ${hkl} but at their core: g·b = 0.`,
    none: (hkl: string) => `Every Burgers vector ½⟨110⟩ shows in ${hkl}.`,
    next: 'What would show them',
    columns: { reflection: 'Reflection', angle: 'From Q', reveals: 'Shows', remaining: 'Leaves' },
    angle: (degrees: string) => `${degrees}°`,
    equivalents: (n: number) => (n > 1 ? `one of ${n}` : ''),
    equivalentsHint: 'Others of its family at the same angle show as many',
    allOf: (n: number) => (n === 1 ? 'it' : `all ${n}`),
    nothing: 'none',
    pair: (a: string, b: string, angles: string, remaining: number) =>
      `Or two at lower angles: ${a} and ${b}, ${angles} from Q, leave ${remaining === 0 ? 'none' : remaining}.`,
    bothAngles: (a: string, b: string) => (a === b ? `each ${a}°` : `${a}° and ${b}°`),
    angleHint: 'Angle between the two scattering vectors: how far the crystal has to be turned',
    family: 'The indices follow the choice of axes; the angle does not.',
  },
} as const;
