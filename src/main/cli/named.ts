import { join } from 'node:path';
import { BraggwatchError, errorCatalogue } from '@contract/errors';
import type { Preset } from '@contract/geometry';
import { networkNameSchema } from '@contract/training';
import { givesVerdicts } from '@main/engine/card';
import { modelFolder, readCard, shippedNames } from '@main/engine/model';
import { peekSetting } from '@main/ledger/peek';
import { AUTO_PRESET, withEdited } from '@main/ledger/settings';

/**
 * What is said of an option or an argument that names a model.
 * @param purpose to judge scans, a model has to tell classes that a verdict can name
 */
export function modelWords(purpose: 'judge' | 'any'): string {
  const names = shippedNames().filter((name) => purpose === 'any' || name !== networkNameSchema.enum['two-class']);
  return `model: a name in models/ (${names.join(', ')}) or a path`;
}

/** The presets that the app of a home folder knows, without opening its ledger. */
export const presetsAt = (home: string): Preset[] => withEdited(peekSetting(join(home, 'ledger.sqlite'), 'presets'));

/** @throws BraggwatchError usage where there is no such preset: told before anything is read */
export function checkPreset(name: string, presets: readonly Preset[]): void {
  if (name === AUTO_PRESET || presets.some((preset) => preset.name === name)) return;
  const there = presets.map((preset) => preset.name).join(', ');
  throw new BraggwatchError('usage', `no beamline preset ${name}; there are ${AUTO_PRESET}, ${there}`);
}

/** @throws BraggwatchError usage where there is no such model, or none that gives verdicts: told before anything is read */
export async function checkModel(name: string): Promise<void> {
  try {
    const { classes } = await readCard(modelFolder(name));
    if (!givesVerdicts(classes)) throw new BraggwatchError('model-two-class', name);
  } catch (cause) {
    if (!(cause instanceof BraggwatchError)) throw cause;
    throw new BraggwatchError('usage', `no model ${name}: ${errorCatalogue[cause.code].happened} (${cause.detail})`, {
      cause,
    });
  }
}
