import { z } from 'zod';
import { answersSchema, presetSchema, type Answers, type Preset } from '@contract/geometry';
import { BraggwatchError } from '@contract/errors';
import type { Ledger } from '@main/ledger/ledger';
import { presetFor, shippedPresets } from '@main/scan/presets';
import type { ScanFacts } from '@main/scan/types';

/** `auto` takes the preset that fits each scan's format and detector. */
export const AUTO_PRESET = 'auto';

export const chosenModelSchema = z.strictObject({ active: z.string(), previous: z.string().nullable() });

/** Which model verdicts are made with, and which one before it: shipped models' names or folders' paths. */
export type ChosenModel = z.infer<typeof chosenModelSchema>;

/** Beamline presets, the model in use and what the user was asked once, remembered in the ledger. */
export interface Settings {
  presets(): Preset[];
  /** Replaces a preset, or adds one. */
  savePreset(preset: Preset): Preset[];
  /**
   * @param name a preset's name, or `auto`
   * @throws BraggwatchError geometry-incomplete when no preset has that name or fits the scan
   */
  presetOf(name: string, facts: ScanFacts): Preset;
  answers(preset: string): Answers;
  saveAnswers(preset: string, answers: Answers): Answers;
  /** undefined until somebody chose one. */
  model(): ChosenModel | undefined;
  saveModel(chosen: ChosenModel): void;
}

/** The presets that come with the program, and those edited or added. @param edited the setting `presets` */
export function withEdited(edited: string | undefined): Preset[] {
  const merged = new Map(shippedPresets().map((preset) => [preset.name, preset]));
  for (const value of Object.values(JSON.parse(edited ?? '{}') as Record<string, unknown>)) {
    const preset = presetSchema.safeParse(value);
    if (preset.success) merged.set(preset.data.name, preset.data);
  }
  return [...merged.values()];
}

/** What a scan gets its preset and answers from. */
export type ScanSettings = Pick<Settings, 'presets' | 'presetOf' | 'answers'>;

const scanSettings = (presets: () => Preset[], answersTo: (preset: string) => unknown): ScanSettings => ({
  presets,
  presetOf(name, facts) {
    const all = presets();
    const found = name === AUTO_PRESET ? presetFor(facts, all) : all.find((preset) => preset.name === name);
    if (found) return found;
    const detail = `no beamline preset ${name === AUTO_PRESET ? 'fits this scan' : name}`;
    throw new BraggwatchError('geometry-incomplete', detail);
  },
  answers: (preset) => answersSchema.parse(answersTo(preset)),
});

/** Of a command, which neither remembers nor depends on what was edited or answered in the app: its geometry is on the command line. */
export const shippedSettings: ScanSettings = scanSettings(shippedPresets, () => ({}));

export function createSettings(ledger: Ledger): Settings {
  const presets = (): Preset[] => withEdited(ledger.setting('presets'));
  return {
    ...scanSettings(presets, (preset) => JSON.parse(ledger.setting(`answers:${preset}`) ?? '{}')),
    savePreset(preset) {
      const edited = JSON.parse(ledger.setting('presets') ?? '{}') as Record<string, unknown>;
      ledger.saveSetting('presets', JSON.stringify({ ...edited, [preset.name]: preset }));
      return presets();
    },
    saveAnswers(preset, answers) {
      ledger.saveSetting(`answers:${preset}`, JSON.stringify(answers));
      return answers;
    },
    model: () => chosenModelSchema.safeParse(JSON.parse(ledger.setting('model') ?? 'null')).data,
    saveModel: (chosen) => ledger.saveSetting('model', JSON.stringify(chosen)),
  };
}
