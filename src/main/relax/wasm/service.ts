import createModule, { type LAMMPSWeb, type LammpsModule } from './module';
import { relaxationRun } from '../deck';
import { threadScript } from './glue';
import { errorIn, relaxationIn, versionIn } from '../result';
import type { LammpsOutput, LammpsRun, Relaxation, RelaxJob } from '../types';

/** As many threads as the build keeps ready. */
const MOST_THREADS = 8;
/** WebAssembly memory ends at 4 GiB and never shrinks: a process that came close is worn and to be replaced. */
const HEAP_LIMIT_BYTES = 3 * 2 ** 30;

interface Running {
  readonly module: LammpsModule;
  readonly lammps: LAMMPSWeb;
  readonly version: string;
}

/** The functions of a relaxation process; LAMMPS is loaded at the first call and kept. */
export function createRelaxService() {
  let log: string[] = [];
  let running: Running | undefined;

  async function start(threads: number): Promise<Running> {
    if (running) return running;
    const keep = (...words: unknown[]): void => void log.push(words.join(' '));
    const threadsFrom = threadScript();
    const module = await createModule({ print: keep, printErr: keep, ...threadsFrom.options }).finally(
      threadsFrom.remove,
    );
    const lammps = new module.LAMMPSWeb();
    // One thread takes the same path: styles without KOKKOS are no faster, and results differ in the last bits.
    lammps.startWithArgs(['-k', 'on', 't', String(Math.min(MOST_THREADS, threads)), '-sf', 'kk', '-log', 'none']);
    running = { module, lammps, version: versionIn(log.join('\n')) };
    return running;
  }

  async function run({ deck, files, outputs }: LammpsRun, threads: number): Promise<LammpsOutput> {
    const { module, lammps } = await start(threads);
    log = [];
    for (const [name, text] of Object.entries(files)) module.FS.writeFile(name, text);
    try {
      lammps.runScript(`clear\n${deck}`);
    } catch (error) {
      throw errorIn(`${log.join('\n')}\n${lammps.getLastErrorMessage()}`) ?? error;
    }
    const read = outputs.map((name) => [name, module.FS.readFile(name, { encoding: 'utf8' })] as const);
    for (const name of [...Object.keys(files), ...outputs]) module.FS.unlink(name);
    return { log: log.join('\n'), files: Object.fromEntries(read) };
  }

  const worn = (): boolean => (running?.module.HEAPF64.buffer.byteLength ?? 0) > HEAP_LIMIT_BYTES;

  return {
    version: async (threads: number): Promise<string> => (await start(threads)).version,
    run,
    relax: async (job: RelaxJob, threads: number): Promise<Relaxation & { worn: boolean }> => ({
      ...relaxationIn(await run(relaxationRun(job), threads), job),
      worn: worn(),
    }),
  };
}

export type RelaxService = ReturnType<typeof createRelaxService>;
