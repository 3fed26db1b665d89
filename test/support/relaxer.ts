import { BraggwatchError, type ErrorCode } from '@contract/errors';
import type { RibbonReport } from '@core/crystal/ribbon';
import { elements, type ElementName } from '@core/crystal/elements';
import type { CrystalPlan } from '@main/dataset/plan';
import type { RelaxingTools } from '@main/dataset/relaxing';
import type { RelaxJob, RelaxerKind } from '@main/relax/types';

export interface FakeRelaxing extends RelaxingTools {
  /** LAMMPS started so far. */
  started: number;
  /** Crystals handed to any of them. */
  relaxed: number;
}

export interface FakeOptions {
  readonly kind?: RelaxerKind;
  /** Cell edge of the potential over that of the elements' table. */
  readonly lattice?: number;
  /** How far atoms move, angstrom: a wave along x, the same for the same atoms. */
  readonly move?: number;
  /** What the n-th crystal handed over (from 1) meets instead of being relaxed. */
  fails?(n: number, job: RelaxJob): ErrorCode | undefined;
  ribbon?(plan: CrystalPlan): RibbonReport;
}

/** A double of LAMMPS and of what looks at its crystals: the same answer to the same question, in no time. */
export function fakeRelaxing(options: FakeOptions = {}): FakeRelaxing {
  const { kind = 'wasm', lattice = 1, move = 0, fails } = options;
  const fake: FakeRelaxing = {
    started: 0,
    relaxed: 0,
    createRelaxer: () => {
      fake.started++;
      let dead = false;
      return {
        kind,
        version: () => Promise.resolve('double'),
        run: () => Promise.reject(new Error('the double runs no decks')),
        close: () => undefined,
        relax: (job) => {
          fake.relaxed++;
          const code = dead ? 'internal' : fails?.(fake.relaxed, job);
          dead = code === 'relaxer-died';
          if (code) return Promise.reject(new BraggwatchError(code));
          return Promise.resolve({
            positions: job.positions.map((x, i) => x + (i % 3 === 0 ? move * Math.sin(x / 7) : 0)),
            structure: new Uint8Array(job.positions.length / 3).fill(1),
            energyEv: [-1, -2] as const,
            iterations: 10,
            evaluations: 20,
            stopped: 'energy tolerance',
          });
        },
      };
    },
    potential: (_, element: ElementName) => ({
      ...{ name: 'double', style: 'eam/alloy', text: '', element, mass: 1 },
      bulk: {
        latticeAngstrom: lattice * elements[element].latticeAngstrom,
        cohesiveEv: -1,
        elasticGpa: elements[element].elasticGpa,
      },
      cutoffAngstrom: 6,
    }),
    ribbon: options.ribbon ?? asBuilt,
  };
  return fake;
}

export const gone: RibbonReport = { state: 'escaped', present: false, atoms: 0 };
export const whole = (characterDeg: number): RibbonReport => ({
  ...{ state: 'whole', present: true, atoms: 100 },
  characterDeg,
});

/** The dislocation stays as it was built. */
export const asBuilt = ({ dislocation }: CrystalPlan): RibbonReport =>
  dislocation ? whole(dislocation.characterDeg) : gone;
