import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ModelEntry } from '@contract/training';
import { networkNamed } from '@core/network/description';
import type { ModelCard } from '@main/engine/card';
import { modelId, readCard, shippedModels } from '@main/engine/model';
import { readRecord, type TrainingRecord } from '@main/learn/record';

type Place = Pick<ModelEntry, 'id' | 'shipped'>;

const fromCard = (place: Place, card: ModelCard): ModelEntry => ({
  ...place,
  name: card.name,
  unfinished: false,
  network: card.network.name,
  classes: [...card.classes],
  summary: card.summary,
  provisional: card.provisional,
  hash: card.sha256,
  patterns: card.data.patterns,
  test: card.test,
  temperature: card.temperature,
  curve: card.training.curve,
  best: card.training.best,
  epochs: card.training.epochs,
});

const fromRecord = (place: Place, folder: string, record: TrainingRecord): ModelEntry => ({
  ...place,
  name: basename(folder),
  unfinished: true,
  network: record.network,
  classes: [...(networkNamed(record.network)?.classes ?? [])],
  summary: record.dataset.join(', '),
  ...{ provisional: null, hash: null, patterns: null, test: null, temperature: null, best: null },
  curve: record.curve,
  epochs: record.options.epochs,
});

/** The model or the unfinished training in a folder; undefined where there is neither. */
export async function readEntry(place: Place, folder: string): Promise<ModelEntry | undefined> {
  const record = await readRecord(folder);
  if (record) return fromRecord(place, folder, record);
  const card = await readCard(folder).catch(() => undefined);
  return card && fromCard(place, card);
}

const foldersIn = (parent: string): string[] =>
  existsSync(parent)
    ? readdirSync(parent, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(parent, name))
        .sort()
    : [];

/**
 * All models there are: those that come with the program, those in the user's own folder, and others.
 * @param own folder of the user's models
 * @param others folders elsewhere
 */
export async function listModels(own: string, others: readonly string[]): Promise<ModelEntry[]> {
  const shipped = foldersIn(shippedModels());
  const elsewhere = [...foldersIn(own), ...others].filter((folder) => !shipped.includes(folder));
  const entries = await Promise.all([
    ...shipped.map((folder) => readEntry({ id: basename(folder), shipped: true }, folder)),
    ...[...new Set(elsewhere)].map((folder) => readEntry({ id: modelId(folder), shipped: false }, folder)),
  ]);
  return entries.filter((entry) => entry !== undefined);
}
