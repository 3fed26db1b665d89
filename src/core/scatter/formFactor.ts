import type { ElementName } from '@core/crystal/elements';

/** a1 b1 a2 b2 a3 b3 a4 b4 c of the neutral atom: International Tables for Crystallography C (1992), table 6.1.1.4, sin(theta)/lambda below 2/angstrom. */
const cromerMann: Readonly<Record<ElementName, readonly number[]>> = {
  Al: [6.4202, 3.0387, 1.9002, 0.7426, 1.5936, 31.5472, 1.9646, 85.0886, 1.1151],
  Ni: [12.8376, 3.8785, 7.292, 0.2565, 4.4438, 12.1763, 2.38, 66.3421, 1.0341],
  Cu: [13.338, 3.5828, 7.1676, 0.247, 5.6158, 11.3966, 1.6735, 64.8126, 1.191],
  Pd: [19.3319, 0.698655, 15.5017, 7.98929, 5.29537, 25.2052, 0.605844, 76.8986, 5.26593],
  Ag: [19.2808, 0.6446, 16.6885, 7.4726, 4.8045, 24.6605, 1.0463, 99.8156, 5.179],
  Pt: [27.0059, 1.51293, 17.7639, 8.81174, 15.7131, 0.424593, 5.7837, 38.6103, 11.6883],
  Au: [16.8819, 0.4611, 18.5913, 8.6216, 25.5582, 1.4826, 5.86, 36.3956, 12.0658],
};

/**
 * Atomic scattering factor without its energy-dependent part, which is one complex factor for all atoms of one element.
 * @param q length of the scattering vector, 1/angstrom, with the 2 pi
 * @returns electrons
 */
export function formFactor(element: ElementName, q: number): number {
  const coefficients = cromerMann[element];
  // sin(theta)/lambda = Q / 4 pi.
  const s = (q / (4 * Math.PI)) ** 2;
  let f = coefficients[8]!;
  for (let i = 0; i < 8; i += 2) f += coefficients[i]! * Math.exp(-coefficients[i + 1]! * s);
  return f;
}
