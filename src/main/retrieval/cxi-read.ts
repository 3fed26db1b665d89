import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { insideLineSchema, insidePictureSchema } from '@contract/inside';
import { insideOfPrinted, printedInsideSchema } from '@contract/printed-inside';
import { openHdf5 } from '@main/hdf5/index';
import type { Picture } from './picture';

const RESULT = '/entry_1/result_1';
const GEOMETRY = '/entry_1/geometry_1';
const PROCESS = '/entry_1/image_1/process_1';

/** What stands in a line's attributes beside its places. */
export const lineFacts = insideLineSchema.omit({ points: true });

const pictureSchema = insidePictureSchema.omit({ id: true });
const opinionSchema = printedInsideSchema.transform(insideOfPrinted);
const parsed = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));

/** A crystal as it was kept, and what it was made from. */
export interface KeptPicture {
  readonly picture: Picture;
  readonly madeFrom: string;
}

/**
 * Reads back what `writeCxi` wrote.
 * @throws BraggwatchError path-missing, scan-unreadable
 */
export function readCxi(path: string): KeptPicture {
  const file = openHdf5(path);
  try {
    const size = file.info(`${RESULT}/modulus`)?.shape[0] ?? 0;
    const cube = (name: string): Uint8Array | null => {
      if (file.kind(`${RESULT}/${name}`) !== 'dataset') return null;
      return new Uint8Array(Float32Array.from(file.read(`${RESULT}/${name}`, 0, size)).buffer);
    };
    const triples = (at: string): [number, number, number][] => {
      const flat = file.numbers(at) ?? [];
      return Array.from({ length: flat.length / 3 }, (_, n) => [flat[3 * n]!, flat[3 * n + 1]!, flat[3 * n + 2]!]);
    };
    const names = file.keys(RESULT).filter((name) => /^line_\d+$/.test(name));
    const numbered = names.sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)));
    const lines = numbered.map((name) => ({
      ...lineFacts.parse(parsed(file.attribute(`${RESULT}/${name}`, 'line_json'))),
      points: triples(`${RESULT}/${name}`),
    }));
    const metres = file.number(`${GEOMETRY}/voxel_size`);
    const frame = triples(`${GEOMETRY}/frame`);
    const picture = pictureSchema.parse({
      pictured: file.number(`${PROCESS}/configuration/starts`),
      size,
      voxelNm: metres === undefined ? null : metres * 1e9,
      modulus: cube('modulus'),
      phase: cube('phase'),
      displacement: cube('displacement'),
      strain: cube('strain'),
      body: Uint8Array.from(file.read(`${RESULT}/body`, 0, size)),
      bodyVoxels: file.number(`${RESULT}/body_size`),
      q: triples(`${GEOMETRY}/q_direction`)[0],
      frame: frame.length === 3 ? frame : null,
      hkl: triples(`${GEOMETRY}/hkl`)[0] ?? null,
      lines,
      opinion: opinionSchema.parse(parsed(file.text(`${PROCESS}/results/retrieval_json`))),
    });
    return { picture, madeFrom: file.text(`${PROCESS}/configuration/made_from`) ?? '' };
  } catch (error) {
    if (!(error instanceof z.ZodError) && !(error instanceof SyntaxError)) throw error;
    throw new BraggwatchError('scan-unreadable', `${path} is no crystal of Braggwatch`, { cause: error });
  } finally {
    file.close();
  }
}
