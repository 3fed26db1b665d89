/**
 * Follows a value at once, then not again for a while: for pictures of thousands of scans, which a burst of arrivals would otherwise
 * draw anew for each. To be called while a component is made.
 * @param pauseMs longest that the value may lag behind
 */
export function throttled<T>(read: () => T, pauseMs = 250): { readonly current: T } {
  let current = $state.raw(read());
  let changedAt = -Infinity;
  $effect.pre(() => {
    const newest = read();
    const follow = (): void => {
      changedAt = performance.now();
      current = newest;
    };
    const wait = changedAt + pauseMs - performance.now();
    if (wait <= 0) return follow();
    const timer = setTimeout(follow, wait);
    return () => clearTimeout(timer);
  });
  return {
    get current() {
      return current;
    },
  };
}
