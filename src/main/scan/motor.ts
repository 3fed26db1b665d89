/** A motor's value whatever the capitals: SPEC files say `Theta` or `theta` from one year to the next. */
export function lookUp<T>(table: Readonly<Record<string, T>> | undefined, motor: string): T | undefined {
  if (!table) return undefined;
  const key = Object.keys(table).find((name) => name.toLowerCase() === motor.toLowerCase());
  return key === undefined ? undefined : table[key];
}
