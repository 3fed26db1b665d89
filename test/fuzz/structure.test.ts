import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { BraggwatchError, errorCatalogue } from '@contract/errors';
import { procedures } from '@contract/procedures';
import { stream, type RandomStream } from '@core/random/stream';
import { fresh } from '@main/beamtime/rows';
import { readModel, shippedModels } from '@main/engine/model';
import { openLedger } from '@main/ledger/ledger';
import { dispatch } from '@main/rpc/gate';
import { fakeApp } from '../main/rpc/fakeApp';
import { longRun, type Piece } from '../fault/support/long-run';
import { temporaryFolder } from '../support/build';
import { mutateTree } from './mutate';

/** By command more, in pieces: `BRAGGWATCH_MUTATIONS=80000 BRAGGWATCH_RUNS=runs npx vitest run test/fuzz/structure.test.ts`. */
const COUNT = Number(process.env['BRAGGWATCH_MUTATIONS'] ?? 1000);
const PIECE = 500;
const PIECES = Math.ceil(COUNT / PIECE);

/** The mutations of one piece; what they throw that they should not is what is wrong. */
const piece = async (n: number, what: string, one: (draw: RandomStream) => unknown): Promise<Piece> => {
  const wrong: string[] = [];
  const met = new Set<string>();
  for (let k = (n - 1) * PIECE; k < Math.min(n * PIECE, COUNT); k++) {
    try {
      met.add(String(await one(stream(k, what))));
    } catch (error) {
      wrong.push(`${k}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { wrong, met: [...met] };
};

/** A small value of a schema, as JSON Schema tells it. */
function example(schema: unknown, draw: RandomStream): unknown {
  const {
    type,
    enum: names,
    const: only,
    anyOf,
    properties,
    required,
    items,
    prefixItems,
    minLength,
    minimum,
  } = schemaOf(schema);
  if (only !== undefined) return only;
  if (names) return names[draw.integer(names.length)];
  if (anyOf) return example(anyOf[draw.integer(anyOf.length)], draw);
  if (prefixItems) return prefixItems.map((each) => example(each, draw));
  if (type === 'array') return Array.from({ length: draw.integer(3) }, () => example(items ?? {}, draw));
  if (type === 'string') return 'a'.repeat(Math.max(minLength ?? 0, 1));
  if (type === 'number' || type === 'integer') return Math.max(minimum ?? 0, draw.integer(5));
  if (type === 'boolean') return draw.uniform() < 0.5;
  if (type === 'null') return null;
  const all = Object.entries(properties ?? {}).filter(([name]) => required?.includes(name) || draw.uniform() < 0.5);
  return Object.fromEntries(all.map(([name, inner]) => [name, example(inner, draw)]));
}
const jsonSchema = z.looseObject({
  type: z.union([z.string(), z.tuple([z.string()], z.string()).transform(([first]) => first)]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  prefixItems: z.array(z.unknown()).optional(),
  minLength: z.number().optional(),
  minimum: z.number().optional(),
});
const schemaOf = (schema: unknown): z.infer<typeof jsonSchema> => jsonSchema.parse(schema);

it(
  `messages of every procedure, damaged as they are built, are refused or answered with a code: ${COUNT} each`,
  { timeout: 60_000 + COUNT * 100 },
  async () => {
    const asked = Object.entries(procedures).filter(([, { input }]) => !(input instanceof z.ZodVoid));
    expect(asked.length).toBeGreaterThan(20);
    for (const [name, { input }] of asked) {
      const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
      // Whatever passes the gate is what the handler was promised.
      const app = fakeApp({
        [name]: (given: unknown) => {
          if (!input.safeParse(given).success) throw new Error('the handler was given what its schema does not take');
          throw new BraggwatchError('scan-not-found');
        },
      });
      const { done, wrong } = await longRun(`messages of ${name.replaceAll('/', ' ')}`, PIECES, (n) =>
        piece(n, name, async (draw) => {
          const reply = await dispatch(app.handlers, name, mutateTree(example(schema, draw), draw));
          if (reply.ok) throw new Error('answered');
          if (!['request-invalid', 'scan-not-found'].includes(reply.error.code)) throw new Error(reply.error.message);
          return reply.error.code;
        }),
      );
      expect(wrong).toEqual([]);
      expect(done).toBe(PIECES);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
);

it(
  `a model's card or weights, damaged as they are built, are read or refused with a code: ${COUNT}`,
  { timeout: 60_000 + COUNT * 1000 },
  async () => {
    const folder = temporaryFolder();
    cpSync(join(shippedModels(), 'three-class'), folder, { recursive: true });
    const [card, weights] = ['card.json', 'model.onnx'].map((name) => readFileSync(join(folder, name))) as [
      Buffer,
      Buffer,
    ];
    const tree: unknown = JSON.parse(card.toString());
    const { wrong, met } = await longRun('mutations of a model', PIECES, (n) =>
      piece(n, 'model', async (draw) => {
        const ofWeights = draw.uniform() < 0.2;
        const cut = weights.subarray(0, draw.integer(weights.length));
        writeFileSync(join(folder, 'model.onnx'), ofWeights ? cut : weights);
        const text = ofWeights ? card.toString() : JSON.stringify(mutateTree(tree, draw));
        writeFileSync(
          join(folder, 'card.json'),
          draw.uniform() < 0.1 ? text.slice(0, draw.integer(text.length)) : text,
        );
        return readModel(folder).then(
          () => 'read',
          (error: unknown) => {
            if (!(error instanceof BraggwatchError)) throw error;
            return error.code;
          },
        );
      }),
    );
    expect(wrong).toEqual([]);
    expect(met).toContain('model-invalid');
    for (const code of met) expect(['read', ...Object.keys(errorCatalogue)]).toContain(code);
  },
);

it(
  `a ledger whose rows are damaged as they are built opens, and no row goes without a word: ${COUNT}`,
  { timeout: 60_000 + COUNT * 2000 },
  async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'sound.sqlite');
    const ledger = openLedger(path);
    for (let n = 1; n <= 3; n++)
      ledger.put({
        ...fresh(`scan-${n}`, {
          ref: { format: 'bliss', source: `/data/${n}.h5`, number: n },
          ...{ name: `S${n}`, title: 'ascan', framesExpected: 61, framesPresent: 61, whole: true },
          ...{ frameShape: [516, 516], positions: {}, warnings: [] },
        }),
        state: 'classified',
        verdict: { class: 'edge', defective: 0.9, probabilities: { perfect: 0.1, screw: 0.2, edge: 0.7 }, sure: true },
        judgedAt: '2026-11-29T02:00:00.000Z',
        judgedCount: 1,
      });
    ledger.close();
    const { wrong, met } = await longRun('mutations of a ledger', PIECES, (n) =>
      piece(n, 'ledger', (draw) => {
        const home = temporaryFolderOf(folder, draw);
        const copy = join(home, 'ledger.sqlite');
        cpSync(path, copy);
        damageRow(copy, draw);
        const opened = openLedger(copy);
        const [kept, told] = [opened.all().length, opened.notices.length];
        opened.close();
        if (kept < 3 && told === 0) throw new Error(`${3 - kept} rows went without a word`);
        return kept === 3 ? 'all kept' : 'set aside';
      }),
    );
    expect(wrong).toEqual([]);
    expect(met).toContain('all kept');
  },
);

const temporaryFolderOf = (folder: string, draw: RandomStream): string => join(folder, `home-${draw.integer(2 ** 30)}`);

/** Puts something else into one cell: JSON damaged as it is built where there is some, anything else elsewhere. */
function damageRow(path: string, draw: RandomStream): void {
  const database = new DatabaseSync(path);
  const row = database.prepare('SELECT * FROM scans LIMIT 1').get()!;
  const columns = Object.keys(row);
  const name = columns[draw.integer(columns.length)]!;
  const value = row[name];
  let next: string | number | null = [null, 1e308, -1, '', 'x', '{"a":', '[]'][draw.integer(7)]!;
  if (typeof value === 'string' && /^[[{"]/.test(value)) next = JSON.stringify(mutateTree(JSON.parse(value), draw));
  try {
    database.prepare(`UPDATE scans SET "${name}" = ? WHERE rowid = (SELECT min(rowid) FROM scans)`).run(next);
  } catch {
    // SQLite's own rules refuse it: the row stays as it is.
  }
  database.close();
}
