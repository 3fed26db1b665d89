import { fileURLToPath } from 'node:url';
import { startServer } from '@main/serve';
import { expect, type Page } from '@playwright/test';
import { FakeApp, type FakeState } from './fake-app';
import { ofLostConnection } from './lost-connection';
import { test as base } from './shell';
import { BeamlineDialog } from '../pages/beamline-dialog';
import { ExplainPanel } from '../pages/explain-panel';
import { Figures } from '../pages/figures';
import { FolderDialog } from '../pages/folder-dialog';
import { QueuePanel } from '../pages/queue-panel';
import { SlicesPanel } from '../pages/slices-panel';
import { TopBar } from '../pages/top-bar';
import { VerdictPanel } from '../pages/verdict-panel';

const rendererDir = fileURLToPath(new URL('../../../out/renderer', import.meta.url));

/** The screen of one scenario: the real page over the real server, and the double of the app behind it. */
export interface Screen {
  readonly page: Page;
  readonly app: FakeApp;
  readonly top: TopBar;
  readonly queue: QueuePanel;
  readonly slices: SlicesPanel;
  readonly figures: Figures;
  readonly verdict: VerdictPanel;
  readonly explain: ExplainPanel;
  readonly folder: FolderDialog;
  readonly beamline: BeamlineDialog;
  /** What the browser refused or complained about; must be empty at the end, but for a connection lost on purpose. */
  readonly complaints: string[];
  /** Ends the server, as a restart of the app does; the returned function starts it again at the same address. */
  readonly interrupt: () => Promise<() => Promise<void>>;
}

interface Fixtures {
  /** Opens the screen on an app in the given state. */
  open: (state?: FakeState, how?: { readonly readOnly?: boolean }) => Promise<Screen>;
  /** Whether the notice that no graphics card draws is still to be read, as at the first start. */
  freshNotices: boolean;
}

/** Every test fails on an error in the page's console, a refused resource or an uncaught exception. */
export const test = base.extend<Fixtures>({
  freshNotices: [false, { option: true }],
  open: async ({ page, show, freshNotices }, use) => {
    const complaints: string[] = [];
    let interruptions = 0;
    const closers: (() => Promise<void>)[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    // The tests' browser draws in software, and says so once; most tests are about other things.
    if (!freshNotices) await page.addInitScript(() => localStorage.setItem('braggwatch.read-software', 'yes'));
    await use(async (state = {}, { readOnly = false } = {}) => {
      const app = new FakeApp(state);
      let server = await startServer(app, { port: 0, rendererDir });
      closers.push(async () => {
        await page.close();
        await server.close();
      });
      const interrupt = async (): Promise<() => Promise<void>> => {
        const { token, origin } = server;
        interruptions += 1;
        await server.close();
        return async () => {
          server = await startServer(app, { port: Number(new URL(origin).port), token, rendererDir });
        };
      };
      await show(readOnly ? server.viewUrl : server.url);
      return {
        page,
        app,
        complaints,
        interrupt,
        top: new TopBar(page),
        queue: new QueuePanel(page),
        slices: new SlicesPanel(page),
        figures: new Figures(page),
        verdict: new VerdictPanel(page),
        explain: new ExplainPanel(page),
        folder: new FolderDialog(page),
        beamline: new BeamlineDialog(page),
      };
    });
    for (const close of closers) await close();
    expect(complaints.filter((text) => interruptions === 0 || !ofLostConnection(text))).toEqual([]);
  },
});

export { expect };
