import { familyOf } from '@core/network/family';
import type { BuiltCrystal } from './crystal';
import type { CrystalPlan } from './plan';
import { furtherClasses, type Recipe } from './recipe';

/** What a manifest line says of the kind of its crystal, beside its label, in sets that are more varied than the paper's. */
export interface Kinds {
  /** Of reflections, e.g. `311`. */
  readonly family: string;
  readonly body: string;
  readonly strain: string;
  /** `none`, `dislocation`, `split-dislocation`, or one of `otherKinds`. */
  readonly defectKind: string;
  /** D, nm, as it looks. */
  readonly sizeNm: number;
  /** Angle between line and Burgers vector, 0 (screw) to 90 (edge) degrees; of the relaxed dislocation, where it was relaxed. */
  readonly mixingDeg?: number;
  /** Of the defect below the surface, in sizes. */
  readonly depth?: number;
  readonly extent?: number;
}

/** Whether a recipe says more of its crystals than the paper's do: its lists then say more of them, too. */
export const isVaried = ({ bodies, strains, effectiveNm, classes }: Recipe): boolean =>
  [bodies, strains, effectiveNm, ...furtherClasses.map((name) => classes[name])].some((x) => x !== undefined);

/** The angle between two lines, from that between two directions. */
const folded = (degrees: number): number => {
  const turned = ((degrees % 180) + 180) % 180;
  return Math.min(turned, 180 - turned);
};

const relaxedDeg = (relaxation: object | undefined): number | undefined => {
  const ribbon = relaxation && 'ribbon' in relaxation ? relaxation.ribbon : undefined;
  const found = typeof ribbon === 'object' && ribbon && 'characterDeg' in ribbon ? ribbon.characterDeg : undefined;
  return typeof found === 'number' ? found : undefined;
};

/** @param relaxation what `crystals.jsonl` says of it */
export function kindsOf(plan: CrystalPlan, crystal: BuiltCrystal, relaxation?: object): Kinds {
  const { dislocation, other, hkl, body = 'winterbottom', strain = 'waves', ribbonNm } = plan;
  const line = ribbonNm === undefined ? 'dislocation' : 'split-dislocation';
  const { depth, extent, sizeAngstrom } = crystal;
  return {
    family: familyOf(hkl),
    body,
    strain,
    defectKind: other?.kind ?? (dislocation ? line : 'none'),
    sizeNm: sizeAngstrom / 10,
    ...(dislocation && { mixingDeg: folded(relaxedDeg(relaxation) ?? dislocation.characterDeg) }),
    ...(depth !== undefined && { depth }),
    ...(extent !== undefined && { extent }),
  };
}
