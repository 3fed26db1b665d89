/** How many seconds the rest of something takes at the pace since it was first asked: what was done before another run did, and its start costs time of its own. */
export function createPace(): (done: number, total: number) => number | undefined {
  let first: { readonly done: number; readonly at: number } | undefined;
  return (done, total) => {
    const now = performance.now();
    first ??= { done, at: now };
    if (done <= first.done) return undefined;
    return ((now - first.at) / 1000 / (done - first.done)) * (total - done);
  };
}
