import type { Page } from '@playwright/test';

/** Processor time of the page's main thread, ms: unlike frames per second, hardly disturbed by what else the machine does. */
export interface Work {
  /** All tasks: script, style, layout, painting. */
  readonly taskMs: number;
  readonly scriptMs: number;
  /** Style and layout. */
  readonly layoutMs: number;
}

/** Watches what a page costs; returns what has been spent since it was last asked. */
export async function watchWork(page: Page): Promise<() => Promise<Work>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async (): Promise<Work> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const ms = (name: string): number => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? 0);
    return {
      taskMs: ms('TaskDuration'),
      scriptMs: ms('ScriptDuration'),
      layoutMs: ms('LayoutDuration') + ms('RecalcStyleDuration'),
    };
  };
  let last = await read();
  return async () => {
    const now = await read();
    const spent = {
      taskMs: now.taskMs - last.taskMs,
      scriptMs: now.scriptMs - last.scriptMs,
      layoutMs: now.layoutMs - last.layoutMs,
    };
    last = now;
    return spent;
  };
}

/** The same for each of so many frames, scans or openings, as columns of a measurement. */
export const workPer = (count: number, { taskMs, scriptMs, layoutMs }: Work): Readonly<Record<string, number>> => ({
  task_ms: taskMs / count,
  script_ms: scriptMs / count,
  layout_ms: layoutMs / count,
});
