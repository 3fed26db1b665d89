import { describe, expect, it } from 'vitest';
import { BraggwatchError, errorCatalogue, problemSchema, toProblem, warning, warningCatalogue } from '@contract/errors';

describe('the error catalogue', () => {
  it.each(Object.entries(errorCatalogue))(
    '%s says what happened, what was kept and what to do, in sentences',
    (_, entry) => {
      for (const sentence of [entry.happened, entry.kept, entry.todo]) expect(sentence).toMatch(/^[A-Z].*[.]$/s);
    },
  );

  it.each(Object.entries(warningCatalogue))('%s is a sentence', (_, sentence) => {
    expect(sentence).toMatch(/^[A-Z].*[.]$/s);
  });

  it('makes messages of what is particular and what is common, and keeps the cause', () => {
    const cause = new Error('ENOENT');
    const error = new BraggwatchError('path-missing', '/data/x', { cause });
    expect(error.message).toContain('/data/x');
    expect(error.message).toContain(errorCatalogue['path-missing'].todo);
    expect(error.cause).toBe(cause);
    expect(problemSchema.parse(error.toProblem())).toEqual({ code: 'path-missing', message: error.message });
  });

  it('turns anything thrown into a problem, a bug into internal', () => {
    expect(toProblem(new TypeError('x is not a function'))).toMatchObject({ code: 'internal' });
    expect(toProblem('a bare string').message).toContain('a bare string');
    expect(warning('hot-pixels', '3 of them.').message).toBe(`${warningCatalogue['hot-pixels']} 3 of them.`);
  });
});
