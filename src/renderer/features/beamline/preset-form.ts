import { presetSchema, type Preset } from '@contract/geometry';
import { fieldMessage, type FieldErrors } from '@renderer/ui/form';

/** Micrometres per metre: pixels are written in the unit people say. */
const micro = 1e6;

/** A preset as its form holds it: what is typed may not be a number yet. */
export interface PresetDraft {
  label: string;
  sampleCircles: CircleDraft[];
  detectorCircles: CircleDraft[];
  detector: {
    name: string;
    rows: string;
    columns: string;
    pixelRow: string;
    pixelColumn: string;
    rowDirection: string;
    columnDirection: string;
    saturation: string;
  };
  rockingMotors: string;
  notes: string;
}

export interface CircleDraft {
  motor: string;
  axis: string;
  offset: string;
}

/** The form's fields for a preset; of its detectors the first is shown. */
export function draftOf(preset: Preset): PresetDraft {
  const detector = preset.detectors[0]!;
  const circle = ({ motor, axis, offsetDeg }: Preset['sampleCircles'][number]): CircleDraft => ({
    motor,
    axis,
    offset: String(offsetDeg),
  });
  const micrometres = (metres: number): string => String(Number((metres * micro).toPrecision(9)));
  return {
    label: preset.label,
    sampleCircles: preset.sampleCircles.map(circle),
    detectorCircles: preset.detectorCircles.map(circle),
    detector: {
      name: detector.name,
      rows: String(detector.shape[0]),
      columns: String(detector.shape[1]),
      pixelRow: micrometres(detector.pixelM[0]),
      pixelColumn: micrometres(detector.pixelM[1]),
      rowDirection: detector.directions[0],
      columnDirection: detector.directions[1],
      saturation: String(detector.saturation),
    },
    rockingMotors: preset.rockingMotors.join(', '),
    notes: preset.notes,
  };
}

const number = (written: string): number => (written.trim() === '' ? NaN : Number(written));

/** Puts the draft back into its preset and checks it; errors are named by the path in the preset, e.g. `sampleCircles.1.axis`. */
export function readPreset(
  base: Preset,
  draft: PresetDraft,
): { readonly preset: Preset } | { readonly errors: FieldErrors } {
  const circle = ({ motor, axis, offset }: CircleDraft): unknown => ({
    motor: motor.trim(),
    axis,
    offsetDeg: number(offset),
  });
  const { detector } = draft;
  const parsed = presetSchema.safeParse({
    ...base,
    label: draft.label.trim(),
    sampleCircles: draft.sampleCircles.map(circle),
    detectorCircles: draft.detectorCircles.map(circle),
    detectors: [
      {
        ...base.detectors[0],
        name: detector.name.trim(),
        shape: [number(detector.rows), number(detector.columns)],
        pixelM: [number(detector.pixelRow) / micro, number(detector.pixelColumn) / micro],
        directions: [detector.rowDirection, detector.columnDirection],
        saturation: number(detector.saturation),
      },
      ...base.detectors.slice(1),
    ],
    rockingMotors: draft.rockingMotors
      .split(',')
      .map((motor) => motor.trim())
      .filter(Boolean),
    notes: draft.notes,
  });
  if (parsed.success) return { preset: parsed.data };
  return {
    errors: Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), fieldMessage(issue)])),
  };
}
