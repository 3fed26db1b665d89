import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BraggwatchError } from '@contract/errors';
import { cardSchema, type ModelCard } from './card';

/** A model read from disk, its weights proven to be those its card speaks of. */
export interface Model {
  readonly card: ModelCard;
  /** The ONNX file. */
  readonly bytes: Uint8Array;
}

// The shipped networks take a few megabytes; nothing near these limits is a model of this program.
const LARGEST_MODEL = 256 * 2 ** 20;
const LARGEST_CARD = 4 * 2 ** 20;

/** `models/` of this installation: beside the nearest package.json above (source tree, build and package alike). */
export function shippedModels(from: string = fileURLToPath(import.meta.url)): string {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const models = join(folder, 'models');
    if (existsSync(join(folder, 'package.json')) && existsSync(models)) return models;
    if (folder === dirname(folder)) throw new BraggwatchError('model-missing', 'no models folder in this installation');
  }
}

/**
 * Folder of a model: a bare name is one of the shipped models, anything with a separator is a path.
 * @param model e.g. `three-class`, `./models/mine`
 */
export const modelFolder = (model: string, root: string = shippedModels()): string => resolve(root, modelId(model));

/** The names of the shipped models, in order; none in an installation without any. */
export function shippedNames(): string[] {
  try {
    const root = shippedModels();
    return readdirSync(root)
      .filter((name) => existsSync(join(root, name, 'card.json')))
      .toSorted();
  } catch {
    return [];
  }
}

/** The shipped model that is asked beside the one in use; undefined where none is shipped. */
export function modelBeside(): string | undefined {
  try {
    const folder = modelFolder('defects');
    return existsSync(join(folder, 'card.json')) ? folder : undefined;
  } catch {
    // An installation without models says so when the main one is loaded.
    return undefined;
  }
}

/** What is said of a model that is not there: whoever mistyped a name sees those that there are. */
const missing = (path: string, cause?: unknown): BraggwatchError =>
  new BraggwatchError('model-missing', `${path}; models/ holds ${shippedNames().join(', ') || 'none'}`, { cause });

/**
 * Reads a file of a model, if it is no larger than one can be.
 * @throws BraggwatchError model-missing, model-invalid
 */
export async function readCapped(path: string, limit: number): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw missing(path, cause);
  });
  try {
    const info = await file.stat();
    if (!info.isFile()) throw missing(path);
    if (info.size > limit) throw new BraggwatchError('model-invalid', `${path} is larger than any model`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function parseCard(bytes: Uint8Array, path: string): ModelCard {
  try {
    return cardSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new BraggwatchError('model-invalid', `${path} is no model card`, { cause });
  }
}

/**
 * Reads `card.json` of a folder; whether the weights beside it are those it speaks of is for {@link readModel}.
 * @throws BraggwatchError model-missing, model-invalid
 */
export async function readCard(folder: string): Promise<ModelCard> {
  const path = join(folder, 'card.json');
  return parseCard(await readCapped(path, LARGEST_CARD), path);
}

/** What a model is asked for by, whatever folder one is in: a shipped model's name, or an absolute path. */
export const modelId = (model: string): string => (isAbsolute(model) || /[\\/]/.test(model) ? resolve(model) : model);

/**
 * Reads `model.onnx` and `card.json` of a folder.
 * @throws BraggwatchError model-missing; model-invalid when the card is none, or its hash is not the weights'
 */
export async function readModel(folder: string): Promise<Model> {
  const card = await readCard(folder);
  const bytes = await readCapped(join(folder, 'model.onnx'), LARGEST_MODEL);
  if (createHash('sha256').update(bytes).digest('hex') !== card.sha256) {
    throw new BraggwatchError('model-invalid', `${folder}: the weights are not those of the card`);
  }
  return { card, bytes };
}
