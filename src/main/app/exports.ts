import { BraggwatchError } from '@contract/errors';
import type { ExportedFile, ExportRequest } from '@contract/export';
import type { Handlers } from '@contract/procedures';
import { makeExport, type ExportTools } from '@main/export';
import type { Board } from '@main/jobs/board';
import type { Desktop } from './desktop';

export interface Exports {
  readonly handlers: Pick<Handlers, 'export/make' | 'export/save' | 'desktop/notify'>;
  /** See `App`. */
  readonly forViewers: Pick<Handlers, 'export/make'>;
}

/** Exports and notifications: made here, kept and shown by the shell. */
export function createExports(tools: ExportTools, desktop: Desktop | undefined, board: Pick<Board, 'run'>): Exports {
  const shell = (): Desktop => {
    if (!desktop) throw new BraggwatchError('desktop-only');
    return desktop;
  };
  const make = (request: ExportRequest): Promise<ExportedFile> =>
    board.run({ kind: 'export', name: request.format }, (signal) => makeExport(tools, request, signal));
  return {
    forViewers: { 'export/make': (request) => makeExport(tools, request) },
    handlers: {
      'export/make': make,
      'export/save': async ({ format, ...which }) => {
        const { saveFile, toPdf } = shell();
        const file = await make({ ...which, format: format === 'pdf' ? 'report' : format });
        if (format === 'pdf') return saveFile(file.name.replace(/html$/, 'pdf'), await toPdf(file.text));
        return saveFile(file.name, new TextEncoder().encode(file.text));
      },
      'desktop/notify': ({ title, body }) => shell().notify(title, body),
    },
  };
}
