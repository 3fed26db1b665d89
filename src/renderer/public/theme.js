// Before the first paint, and so before main.ts is there: a dark room never sees a white flash. A file of its own,
// since the content security policy refuses scripts within the page. Preferences (main.ts) take over from it.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('braggwatch.theme');
  } catch {
    // No storage: the system's theme.
  }
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = ['light', 'dark', 'night'].includes(chosen) ? chosen : system;
})();
