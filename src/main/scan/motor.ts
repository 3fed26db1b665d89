/** Motors and pseudo-motors that are the photon energy, as beamlines call them. */
const energyMotor = /^(en|energy|nrj|mononrj|emono|fmbenergy|(mono|dcm|bragg|photon)_?(energy|en))$/i;
/** Whether a motor's positions are photon energies. */
export const isEnergy = (motor: string): boolean => energyMotor.test(motor);

/** No photon here has 200 keV, none has 200 eV. */
const MOST_KEV = 200;
/** Photon energy in eV of a number that a beamline keeps in keV or in eV. */
export const inEv = (energy: number): number => (energy < MOST_KEV ? energy * 1000 : energy);

/** A motor's value whatever the capitals: SPEC files say `Theta` or `theta` from one year to the next. */
export function lookUp<T>(table: Readonly<Record<string, T>> | undefined, motor: string): T | undefined {
  if (!table) return undefined;
  const key = Object.keys(table).find((name) => name.toLowerCase() === motor.toLowerCase());
  return key === undefined ? undefined : table[key];
}
