import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const lineSchema = z.object({ n: z.int(), wrong: z.array(z.string()), met: z.array(z.string()) });
/** What came of one piece: what went wrong, and what it met. */
export type Piece = Omit<z.infer<typeof lineSchema>, 'n'>;

export interface Outcome {
  readonly done: number;
  readonly wrong: readonly string[];
  readonly met: ReadonlySet<string>;
}

/** How often a long run says how far it is. */
const TELL_MS = 30_000;

/** Pieces that an earlier run has done, where `BRAGGWATCH_RUNS` names the folder in which they are kept. */
function earlier(path: string | undefined): z.infer<typeof lineSchema>[] {
  if (path === undefined || !existsSync(path)) return [];
  // The last line may have been cut when the run was ended.
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => lineSchema.parse(JSON.parse(line)));
}

/**
 * Runs numbered pieces, 1 to `count`, and says on stderr how far it is. With `BRAGGWATCH_RUNS=FOLDER` each piece that is done is written
 * down in `FOLDER/<name>.jsonl` at once: ended at any time, the same command goes on behind the last of them.
 */
export async function longRun(name: string, count: number, run: (n: number) => Promise<Piece>): Promise<Outcome> {
  const folder = process.env['BRAGGWATCH_RUNS'];
  const path = folder && join(folder, `${name}.jsonl`);
  if (folder) mkdirSync(folder, { recursive: true });
  const pieces = earlier(path);
  const known = new Set(pieces.map(({ n }) => n));
  const begun = Date.now();
  let [told, fresh] = [begun, 0];
  for (let n = 1; n <= count; n++) {
    if (known.has(n)) continue;
    const piece = { n, ...(await run(n)) };
    pieces.push(piece);
    fresh++;
    if (path) appendFileSync(path, `${JSON.stringify(piece)}\n`);
    if (Date.now() - told < TELL_MS) continue;
    told = Date.now();
    const wrong = pieces.reduce((sum, each) => sum + each.wrong.length, 0);
    const left = ((told - begun) / fresh) * (count - pieces.length);
    process.stderr.write(
      `${name}: ${pieces.length} of ${count}, ${wrong} wrong, ${Math.ceil(left / 60_000)} min left\n`,
    );
  }
  const all = pieces.filter(({ n }) => n <= count);
  return {
    done: all.length,
    wrong: all.flatMap(({ n, wrong }) => wrong.map((what) => `${name} ${n}: ${what}`)),
    met: new Set(all.flatMap(({ met }) => met)),
  };
}
