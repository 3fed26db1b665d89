import type { GeometryOutlook } from '@contract/geometry-outlook';
import { answersSchema, type Answers } from '@contract/geometry';
import { text } from '@renderer/ui/words';
import { beamlineText } from './words';
import { fieldMessage, type FieldErrors } from '@renderer/ui/form';

/** The answers as they stand in the form's fields. */
export interface AnswersFields {
  readonly row: string;
  readonly column: string;
  readonly distance: string;
  readonly energy: string;
  readonly element: string;
  readonly hkl: string;
}

/** The form's field for each number that a geometry cannot do without; of a pair the first. */
export const fieldOfNeeded = { directBeam: 'row', distanceM: 'distance', energyEv: 'energy' } as const satisfies Record<
  GeometryOutlook['missing'][number],
  keyof AnswersFields
>;

const show = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value));

export function fieldsOf(answers: Answers): AnswersFields {
  return {
    row: show(answers.directBeam?.[0]),
    column: show(answers.directBeam?.[1]),
    distance: show(answers.distanceM),
    energy: show(answers.energyEv),
    element: answers.element ?? '',
    hkl: answers.hkl?.join(' ') ?? '',
  };
}

/** Reads the fields; an empty one is an unknown. Errors are named after the field. */
export function readAnswers(fields: AnswersFields): { readonly answers: Answers } | { readonly errors: FieldErrors } {
  const errors: Record<string, string> = {};
  const number = (name: 'row' | 'column' | 'distance' | 'energy'): number | null => {
    const written = fields[name].trim();
    if (written === '') return null;
    const value = Number(written);
    if (!Number.isFinite(value)) errors[name] = text.fields.numberInvalid;
    return value;
  };
  const row = number('row');
  const column = number('column');
  if ((row === null) !== (column === null)) errors[row === null ? 'row' : 'column'] = beamlineText.pairInvalid;
  const indices = fields.hkl.split(/[\s,]+/).filter(Boolean);
  if (indices.length > 0 && (indices.length !== 3 || !indices.every((index) => /^[-−]?\d+$/.test(index))))
    errors['hkl'] = beamlineText.hklInvalid;
  const candidate = {
    directBeam: row === null || column === null ? null : [row, column],
    distanceM: number('distance'),
    energyEv: number('energy'),
    element: fields.element.trim() || null,
    hkl: indices.length === 3 ? indices.map((index) => Number(index.replace('−', '-'))) : null,
  };
  const parsed = answersSchema.safeParse(candidate);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) errors[fieldOf(issue.path)] ??= fieldMessage(issue);
  }
  return parsed.success && Object.keys(errors).length === 0 ? { answers: parsed.data } : { errors };
}

/** The form's field for a place in the answers. */
function fieldOf([key, index]: readonly PropertyKey[]): string {
  if (key === 'directBeam') return index === 1 ? 'column' : 'row';
  if (key === 'distanceM') return 'distance';
  return key === 'energyEv' ? 'energy' : String(key);
}
