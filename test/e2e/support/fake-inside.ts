import type { InsideOpinion, InsidePicture, InsideState } from '@contract/inside';
import type { Handlers } from '@contract/procedures';
import type { ScanSummary } from '@contract/scan';

type Owned = Extract<keyof Handlers, `inside/${string}`>;

const SIZE = 64;
const RADIUS = 10;
const STARTS = 5;
const VOXEL_NM = 14;
/** |Q| of Pt {111}, 1/angstrom. */
const Q_LENGTH = 2.77;
/** Of a screw's line to Q, degrees. */
const ANGLE = 35.3;

const opinionOf = (scan: ScanSummary, starts: number): InsideOpinion => {
  const defective = (scan.verdict?.defective ?? 0) > 0.5;
  return {
    says: defective ? 'line' : 'none',
    starts,
    agreeing: starts,
    freeError: 0.08,
    bodyNm: 225.7,
    phaseSpreadRad: 0.61,
    lines: defective ? [{ lengthOfSize: 0.93, angleToQDeg: ANGLE, winding: 1 }] : [],
    character: defective ? 'screw' : null,
  };
};

/** How far out a place is in a crystal of {111} and {100} facets, [111] along its first axis, voxels from the middle. */
function outness(x: number, y: number, z: number): number {
  const cubic = [
    x / Math.sqrt(3) + y / Math.SQRT2 + z / Math.sqrt(6),
    x / Math.sqrt(3) - y / Math.SQRT2 + z / Math.sqrt(6),
    x / Math.sqrt(3) - (2 * z) / Math.sqrt(6),
  ].map(Math.abs);
  return Math.max((cubic[0]! + cubic[1]! + cubic[2]!) / Math.sqrt(3), Math.max(...cubic) / 1.12);
}

/** A crystal with facets; a defective one's phase winds about a straight line through its middle. */
export function fakePicture(scan: ScanSummary, starts: number = STARTS): InsidePicture {
  const opinion = opinionOf(scan, starts);
  const angle = (ANGLE * Math.PI) / 180;
  const direction = [Math.cos(angle), Math.sin(angle), 0] as const;
  const count = SIZE ** 3;
  const blank = (): Float32Array => new Float32Array(count).fill(NaN);
  const [modulus, phase, displacement, strain] = [new Float32Array(count), blank(), blank(), blank()];
  const body = new Uint8Array(count);
  for (let v = 0; v < count; v++) {
    const x = Math.floor(v / SIZE ** 2) - SIZE / 2;
    const y = (Math.floor(v / SIZE) % SIZE) - SIZE / 2;
    const z = (v % SIZE) - SIZE / 2;
    const far = outness(x, y, z);
    if (far >= RADIUS + 1) continue;
    const across = [-x * direction[1] + y * direction[0], z] as const;
    const winds = opinion.says === 'line';
    modulus[v] = (winds ? Math.min(1, Math.hypot(...across) / 2) : 1) * Math.min(1, (RADIUS + 1 - far) / 2);
    if (far >= RADIUS) continue;
    body[v] = far < RADIUS - 1 ? 1 : 2;
    phase[v] = (winds ? Math.atan2(across[1], across[0]) : 0) + 0.006 * y * z;
    displacement[v] = phase[v]! / Q_LENGTH;
    if (body[v] === 1) strain[v] = 0.01 * y;
  }
  const bytes = (cube: Float32Array): Uint8Array => new Uint8Array(cube.buffer);
  const at = (t: number) => direction.map((d) => SIZE / 2 + t * d) as [number, number, number];
  return {
    id: scan.id,
    pictured: starts,
    size: SIZE,
    voxelNm: VOXEL_NM,
    modulus: bytes(modulus),
    phase: bytes(phase),
    displacement: bytes(displacement),
    strain: bytes(strain),
    body,
    bodyVoxels: RADIUS * Math.cbrt((4 * Math.PI) / 3),
    q: [1, 0, 0],
    frame: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    hkl: [1, 1, 1],
    lines: opinion.lines.map(({ lengthOfSize, angleToQDeg, winding }) => ({
      points: Array.from({ length: 41 }, (_, n) => at((n - 20) / 2)),
      closed: false,
      direction,
      lengthVoxels: 15,
      lengthOfSize,
      angleToQDeg,
      winding,
      depthVoxels: RADIUS,
    })),
    opinion,
  };
}

const nothing = { done: 0, total: 0, pictured: 0, opinion: null, problem: null } as const;

/** The double's looking inside: it goes on when the test says so. */
export class FakeInside {
  readonly #find: (id: string) => ScanSummary;
  readonly #tell: (state: InsideState) => void;
  readonly #attest: (id: string, opinion: InsideOpinion) => void;
  readonly #states = new Map<string, InsideState>();
  readonly handlers: Pick<Handlers, Owned>;
  /** Scans that were to be looked into, in their order. */
  readonly begun: string[] = [];

  /** @param attest lays an opinion that is ready beside its verdict; left out, nobody does */
  constructor(
    find: (id: string) => ScanSummary,
    tell: (state: InsideState) => void,
    attest: (id: string, opinion: InsideOpinion) => void = () => undefined,
  ) {
    this.#find = find;
    this.#tell = tell;
    this.#attest = attest;
    this.handlers = {
      'inside/state': ({ id }) => this.state(id),
      'inside/begin': ({ id }) => {
        this.begun.push(id);
        return this.set({ ...nothing, id, status: 'running', total: STARTS });
      },
      'inside/cancel': ({ id }) => this.set({ ...nothing, id, status: 'none' }),
      'inside/picture': ({ id }) => {
        const { pictured } = this.state(id);
        return pictured === 0 ? null : fakePicture(this.#find(id), pictured);
      },
    };
  }

  state(id: string): InsideState {
    return this.#states.get(this.#find(id).id) ?? { ...nothing, id, status: 'none' };
  }

  set(state: InsideState): InsideState {
    this.#states.set(state.id, state);
    this.#tell(state);
    if (state.status === 'ready' && state.opinion) this.#attest(state.id, state.opinion);
    return state;
  }

  /** So many retrievals of a scan are done; with the last of them it is ready. */
  advance(id: string, done: number): void {
    const pictured = Math.floor(done);
    const opinion = pictured > 0 ? opinionOf(this.#find(id), pictured) : null;
    const ready = done >= STARTS;
    const [shown, total] = ready ? [0, 0] : [done, STARTS];
    this.set({ id, status: ready ? 'ready' : 'running', done: shown, total, pictured, opinion, problem: null });
  }
}

/** Of the scan that is called so. */
export async function idOf({ handlers }: { readonly handlers: Handlers }, name: string): Promise<string> {
  const scans = await handlers['scans/list'](undefined);
  return scans.find(({ scan }) => scan === name)!.id;
}
