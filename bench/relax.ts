import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { displace } from '@core/crystal/displacement';
import { dislocationField } from '@core/crystal/dislocation';
import { poissonRatio } from '@core/crystal/elements';
import { fillFcc } from '@core/crystal/lattice';
import { winterbottom } from '@core/crystal/shape';
import { lineDirection } from '@core/crystal/slip';
import { normalise, scale, type Vec3 } from '@core/math/vector';
import { createRelaxer } from '@main/relax';
import { minimisation, relaxationRun } from '@main/relax/deck';
import { resolvePotential } from '@main/relax/potential';
import type { RelaxJob } from '@main/relax/types';
import { median, runPeer } from './peer';

const ROUNDS = 3;
const CELLS = 38;
const THREADS = 2;
const BURGERS: Vec3 = [0.5, -0.5, 0];

/** A platinum crystal of about 100 000 atoms with a screw dislocation, and twenty iterations to relax it in. */
function job(): RelaxJob {
  const potential = resolvePotential('zhou04:Pt');
  const { latticeAngstrom: a, elasticGpa } = potential.bulk;
  const shape = winterbottom({ element: 'Pt', lateral: CELLS * a, interfaceIndex: 3, height: 0.7 });
  const glideNormal = normalise([1, 1, 1]);
  const line = lineDirection(BURGERS, glideNormal, 0);
  const burgers = scale(BURGERS, a);
  const field = dislocationField({
    burgers,
    line,
    glideNormal,
    point: shape.centroid,
    poisson: poissonRatio(elasticGpa),
  });
  const positions = displace(fillFcc(shape, a, [0.3, 0.2, 0.1]), field);
  return { positions, potential, energyTolerance: 0, maxIterations: 20 };
}

/** LAMMPS' own loop time, seconds. */
const loopSeconds = (log: string): number => Number(/Loop time of (\S+)/.exec(log)?.[1] ?? NaN);

/**
 * Twenty conjugate-gradient iterations on one crystal: the WebAssembly LAMMPS on two threads side by side with a native one on two ranks,
 * turn by turn, by LAMMPS' own loop time.
 */
export async function benchRelax(print: (line: object) => void): Promise<void> {
  const crystal = job();
  const { files } = relaxationRun(crystal);
  const deck = minimisation(crystal);
  const folder = mkdtempSync(join(tmpdir(), 'braggwatch-bench-'));
  const relaxer = createRelaxer('wasm', { threads: THREADS });
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    for (const [name, text] of Object.entries({ ...files, 'in.relax': deck })) writeFileSync(join(folder, name), text);
    for (let round = 0; round <= ROUNDS; round++) {
      const seconds = loopSeconds((await relaxer.run({ deck, files, outputs: [] })).log);
      const peer = runPeer('lammps_native.sh', ['in.relax'], folder);
      print({ round, warmUp: round === 0, atoms: crystal.positions.length / 3, ours_s: seconds, peer });
      if (round === 0) continue;
      ours.push(seconds);
      if (typeof peer['loop_seconds'] === 'number') theirs.push(peer['loop_seconds']);
    }
    const summary = { bench: 'relax', lammps: `${await relaxer.version()} (wasm)`, ours_s: median(ours) };
    print(
      theirs.length > 0
        ? { ...summary, native_s: median(theirs), ours_over_native: median(ours) / median(theirs) }
        : summary,
    );
  } finally {
    relaxer.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
