import type { ClassColour } from './colours';
import { keysOf, tableOf } from './keys';

/** What the program knows of a class of crystals. */
export interface ClassEntry {
  /** Whether such a crystal holds a defect: its probability then counts towards `defective`. */
  readonly defective: boolean;
  readonly words: {
    readonly long: string;
    /** Where room is short; in lower case within a line. */
    readonly short: string;
    /** After 'for', 'says'. */
    readonly noun: string;
    /** After 'it is', and after 'they are'. */
    readonly is: string;
    readonly are: string;
  };
  /** Its sign in lists, maps and reports: an SVG path that is stroked, in a box of 16 x 16. Classes are told apart by it without colour. */
  readonly sign: string;
  readonly colour: ClassColour;
  /** Letter that filters by it and, with Shift, overrules to it. */
  readonly letter: string;
}

/**
 * Every class that a network may tell, in the order in which they are listed. A model's card names those that it tells, in its own
 * order; what is printed, counted, drawn or said of a class comes from its row here.
 */
export const classes = {
  perfect: {
    defective: false,
    words: {
      long: 'Defect-free',
      short: 'Defect-free',
      noun: 'a defect-free crystal',
      is: 'defect-free',
      are: 'defect-free',
    },
    // A ring for the undisturbed lattice.
    sign: 'M3 8a5 5 0 1 0 10 0a5 5 0 1 0 -10 0',
    colour: 'green',
    letter: 'p',
  },
  screw: {
    defective: true,
    words: {
      long: 'Screw dislocation',
      short: 'Screw',
      noun: 'a screw dislocation',
      is: 'a screw dislocation',
      are: 'screw dislocations',
    },
    // A turn.
    sign: 'M12.6 6.2A5 5 0 1 0 13 8.6M13.4 3v3.6H9.8',
    colour: 'rust',
    letter: 's',
  },
  edge: {
    defective: true,
    words: {
      long: 'Edge dislocation',
      short: 'Edge',
      noun: 'an edge dislocation',
      is: 'an edge dislocation',
      are: 'edge dislocations',
    },
    // The field's inverted T.
    sign: 'M8 3v9.5M2.8 12.5h10.4',
    colour: 'violet',
    letter: 'e',
  },
  /** Planar faults, loops, several dislocations. No shipped model tells it yet. */
  other: {
    defective: true,
    words: {
      long: 'Another defect',
      short: 'Other',
      noun: 'another defect',
      is: 'another defect',
      are: 'other defects',
    },
    // Two planes.
    sign: 'M3 6.2h10M3 9.8h10',
    colour: 'blue',
    letter: 'h',
  },
} as const satisfies Readonly<Record<string, ClassEntry>>;

export type DefectClass = keyof typeof classes;

/** The keys of {@link classes}, in its order. */
export const classKeys: readonly [DefectClass, ...DefectClass[]] = keysOf(classes);

/** A table of its own for what one part of the program has of each class. */
export const byClass = <T>(of: (name: DefectClass) => T): Readonly<Record<DefectClass, T>> => tableOf(classKeys, of);

/** The paper's three, in the order of the cards of the networks that tell them. */
export const paperClasses = ['perfect', 'screw', 'edge'] as const satisfies readonly DefectClass[];
export type PaperClass = (typeof paperClasses)[number];

/** What training sets hold. */
export const simulatedClasses = [...paperClasses, 'other'] as const;
export type SimulatedClass = (typeof simulatedClasses)[number];

/** What a two-class model tells. */
export const twoClasses = ['perfect', 'defective'] as const;

/** Calibrated probabilities of the classes that a model tells, in its card's order; they sum to 1. Every model tells `perfect`. */
export type Probabilities = { readonly perfect: number } & {
  readonly [K in DefectClass]?: number;
};
