import { BraggwatchError } from '@contract/errors';
import { problemOf } from '@main/process/report';
import type { Reply } from '@contract/connection';
import { procedures, type Handlers, type ProcedureName } from '@contract/procedures';
import type { z } from 'zod';

const isProcedure = (name: unknown): name is ProcedureName =>
  typeof name === 'string' && Object.hasOwn(procedures, name);

/** The first complaint of a failed check, short enough for a message: where, and what was wrong. */
const complaint = (error: z.ZodError): string => {
  const issue = error.issues[0];
  const where = issue?.path.map(String).join('.') ?? '';
  return `${where ? `${where}: ` : ''}${issue?.message ?? 'invalid'}`.slice(0, 300);
};

async function run(handlers: Handlers, name: unknown, input: unknown): Promise<unknown> {
  if (!isProcedure(name)) throw new BraggwatchError('request-invalid', 'unknown procedure');
  const parsed = procedures[name].input.safeParse(input);
  if (!parsed.success) throw new BraggwatchError('request-invalid', `${name}: ${complaint(parsed.error)}`);
  // The schema and the handler of one name agree (`Handlers`); TypeScript cannot follow that through the union of names.
  const handler = handlers[name] as (input: unknown) => unknown;
  const output = procedures[name].output.safeParse(await handler(parsed.data));
  if (!output.success) throw new BraggwatchError('internal', `reply to ${name}: ${complaint(output.error)}`);
  return output.data;
}

/**
 * The one gate for every message of either shell: an unknown procedure or an input that does not fit its schema
 * (unknown keys included) is refused before any handler sees it; what a handler returns is checked as well.
 * Never throws: expected failures keep their code, bugs become `internal`.
 */
export async function dispatch(handlers: Handlers, name: unknown, input: unknown): Promise<Reply<unknown>> {
  try {
    return { ok: true, value: await run(handlers, name, input) };
  } catch (error) {
    return { ok: false, error: problemOf(error, `request ${typeof name === 'string' ? name : 'without a name'}`) };
  }
}
