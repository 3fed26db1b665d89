/** Longest wait for a moment in which the page has nothing to do, ms. */
const patienceMs = 500;

/** Resolves once what was asked for has been drawn and the page has nothing else to do. */
export const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: patienceMs });
    else setTimeout(resolve);
  });
