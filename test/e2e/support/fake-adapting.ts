import type { AdaptingStage, AdaptingState, JudgedScans, Likeness, Trial } from '@contract/adapting';
import type { Problem } from '@contract/errors';
import type { Handlers } from '@contract/procedures';

type Owned = Extract<keyof Handlers, `adapting/${string}`>;

const NEEDED = 5;
const nothing: AdaptingState = {
  ...{ status: 'idle', stage: null, done: null, total: null, model: null, trial: null, problem: null },
};

/** What so many judged scans say of their crystals. */
const likenessOf = (scans: number): Likeness => ({
  scans,
  needed: NEEDED,
  crystals:
    scans < NEEDED
      ? null
      : {
          elements: ['Pt'],
          reflections: ['111', '200'],
          sizeNm: [182.4, 410],
          counts: [8100, 118_000],
          oversampling: [2.46, 4.1],
          patterns: 4800,
        },
});

const KINDS = ['like those measured', 'more strained', 'of other bodies', 'of fewer counts'];
const PER_KIND = 30;

/** Both right about so many scans of each kind, and sure and wrong about so many. */
export function trialOf(before: readonly [right: number, sureWrong: number], after: typeof before): Trial {
  const judged = ([right, sureWrong]: typeof before, times = 1): JudgedScans => ({
    ...{ right: times * right, found: times * PER_KIND, sure: times * right, sureWrong: times * sureWrong },
  });
  return {
    before: { name: 'three-class', hash: '4f1d08c2aa93e1b7'.repeat(4) },
    after: { name: 'beamtime-1', hash: '09c2aa93e1b74f1d'.repeat(4) },
    rows: [
      ...KINDS.map((kind) => ({ kind, scans: PER_KIND, before: judged(before), after: judged(after) })),
      {
        kind: 'all',
        scans: KINDS.length * PER_KIND,
        before: judged(before, KINDS.length),
        after: judged(after, KINDS.length),
      },
    ],
  };
}

/** The double's adapting to the beamtime: it goes on when the test says so. */
export class FakeAdapting {
  readonly #tell: (state: AdaptingState) => void;
  #state = nothing;
  /** Scans that tell their crystal's size. */
  scans = 0;
  /** How it was started, in turn. */
  readonly begun: { readonly anew: boolean }[] = [];
  readonly handlers: Pick<Handlers, Owned> = {
    'adapting/likeness': () => likenessOf(this.scans),
    'adapting/state': () => this.#state,
    'adapting/start': ({ anew }) => {
      this.begun.push({ anew });
      const { stage } = this.#state;
      return this.set({ status: 'running', stage: anew || stage === null ? 'simulating' : stage });
    },
    'adapting/stop': () => this.set({ ...this.#state, status: 'stopped' }),
  };

  constructor(tell: (state: AdaptingState) => void) {
    this.#tell = tell;
  }

  /** What is not said is as where there is nothing. */
  set(state: Partial<AdaptingState>): AdaptingState {
    this.#state = { ...nothing, ...state };
    this.#tell(this.#state);
    return this.#state;
  }

  advance(stage: AdaptingStage, done: number, total: number, secondsLeft: number): void {
    this.set({ status: 'running', stage, done, total, secondsLeft });
  }

  fail(problem: Problem): void {
    this.set({ ...this.#state, status: 'failed', problem });
  }

  finish(model: string, trial: Trial): void {
    this.set({ status: 'done', model, trial });
  }
}
