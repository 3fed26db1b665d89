import { BraggwatchError, type ErrorCode } from '@contract/errors';

/** The code that a step fails with; any other kind of failure, or none, fails the test. */
export function errorCode(step: () => unknown): ErrorCode {
  try {
    step();
  } catch (error) {
    if (error instanceof BraggwatchError) return error.code;
    throw error;
  }
  throw new Error('the step was expected to fail');
}
