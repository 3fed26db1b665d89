import { classKeys, paperClasses, type DefectClass } from './classes';

/**
 * The classes that a list, a table or a legend has, in the table's order.
 * @param told those that anything in it names
 * @param usual those that it has in any case: the paper's, or those of a model
 */
export function listedClasses(
  told: Iterable<DefectClass>,
  usual: readonly DefectClass[] = paperClasses,
): readonly DefectClass[] {
  const named = new Set<DefectClass>([...usual, ...told]);
  return classKeys.filter((name) => named.has(name));
}
