import { BraggwatchError } from '@contract/errors';
import type { GeometryFile, Preset } from '@contract/geometry';
import type { ReductionMethod, SamplePosition } from '@contract/scan';
import type { VolumeFrame } from '@contract/volume';
import type { LedgerRow } from '@main/ledger/row';
import { AUTO_PRESET, shippedSettings, type ScanSettings } from '@main/ledger/settings';
import type { GeometrySources } from '@main/reading/geometry';
import type { ReduceOptions } from '@main/reading/volume';
import type { ScanFacts } from '@main/scan/types';
import { samplePosition } from './stage';

/** What is the same for all scans of an app, or of a command. */
export interface Wishes {
  /** A preset's name, or `auto`, for scans beside which no geometry file names one. */
  preset(): string;
  /** Overrides of every scan's geometry. */
  readonly file?: GeometryFile | undefined;
  readonly method?: ReductionMethod | undefined;
  readonly frame?: VolumeFrame | undefined;
}

/** The one way by which a scan gets its preset, geometry and options, in the app as in a command. */
export interface ScanSetup {
  /** @throws BraggwatchError geometry-incomplete where no preset has the wished name, or none fits */
  optionsFor(facts: ScanFacts): ReduceOptions;
  /**
   * What the geometry of a scan was completed from when it was reduced.
   * @throws BraggwatchError geometry-incomplete where its preset is there no more
   */
  sourcesOf(row: LedgerRow): GeometrySources;
  /** Where on the sample a scan was taken; undefined where its preset cannot tell. */
  placeOf(facts: ScanFacts): SamplePosition | undefined;
}

export function createScanSetup(
  settings: ScanSettings,
  { preset: wished, file, method = 'linear', frame = 'q' }: Wishes,
): ScanSetup {
  const presetOf = (facts: ScanFacts): Preset =>
    settings.presetOf(file?.preset ?? facts.geometry?.preset ?? wished(), facts);
  return {
    optionsFor(facts) {
      const preset = presetOf(facts);
      return { preset, answers: settings.answers(preset.name), file: file ?? facts.geometry, method, frame };
    },
    sourcesOf({ preset: name }) {
      const preset = settings.presets().find((each) => each.name === name);
      if (!preset) throw new BraggwatchError('geometry-incomplete', `no beamline preset ${name}`);
      return { preset, answers: settings.answers(name), file };
    },
    placeOf(facts) {
      try {
        return samplePosition(facts, presetOf(facts));
      } catch {
        // No preset fits: the scan itself will say so when it is judged.
        return undefined;
      }
    },
  };
}

/** The setup of scans of which nothing was said: the shipped preset that fits what each file says. */
export const plainSetup: ScanSetup = createScanSetup(shippedSettings, { preset: () => AUTO_PRESET });
