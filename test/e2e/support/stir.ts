import type { Page } from '@playwright/test';

/** What the page did to the open scan's panels: changes of the page below them, and pictures of theirs that were begun. */
export interface Stir {
  readonly changes: readonly string[];
  readonly drawn: number;
}

/** Watches the open scan's panels; the returned function tells what happened in them since. */
export async function watchPanels(page: Page): Promise<() => Promise<Stir>> {
  const watched = await page.evaluateHandle(() => {
    const stir = { changes: [] as string[], drawn: 0 };
    const panels = [...document.querySelectorAll('main, aside')];
    const observer = new MutationObserver((records) => {
      for (const { type, target, attributeName } of records)
        stir.changes.push(`${type} ${attributeName ?? ''} of ${target.nodeName} ${target.textContent?.slice(0, 40)}`);
    });
    for (const panel of panels)
      observer.observe(panel, { subtree: true, childList: true, attributes: true, characterData: true });
    const clear = CanvasRenderingContext2D.prototype.clearRect as (...args: unknown[]) => void;
    CanvasRenderingContext2D.prototype.clearRect = function (this: CanvasRenderingContext2D, ...args: unknown[]): void {
      clear.apply(this, args);
      if (this.canvas.closest('main')) stir.drawn++;
    };
    return stir;
  });
  return () => watched.jsonValue();
}
