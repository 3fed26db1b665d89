import { procedures, readingProcedures } from '@contract/procedures';
import { describe, expect, it, vi } from 'vitest';
import { fakeApp, summary } from '../rpc/fakeApp';
import { ask, openScreen, startShell } from './shell';

const info = {
  version: '1',
  shell: 'web' as const,
  engine: null,
  model: null,
  canPickFolder: false,
  demo: false,
  readOnly: false,
};
type Answer = { i: string; r: { ok: boolean; value?: unknown; error?: { code: string } } };

/** An app whose every handler is watched, and a screen that came with the read-only address. */
async function colleague() {
  const touched = vi.fn();
  const handlers = Object.fromEntries(
    Object.keys(procedures).map((name) => [
      name,
      () => {
        touched(name);
        return name === 'app/info' ? info : name === 'scans/list' ? [summary()] : undefined;
      },
    ]),
  );
  const app = fakeApp(handlers);
  const shell = await startShell(app);
  const cookie = shell.viewCookie;
  const screen = await openScreen(shell, { headers: { Cookie: cookie } }, '/view/rpc');
  const call = async (name: string, input?: unknown): Promise<Answer['r']> => {
    const i = `${name} ${Math.random()}`;
    screen.send({ t: 'q', m: 'request', i, a: input === undefined ? [name] : [name, input] });
    return (await screen.next<Answer>((message) => message.i === i)).r;
  };
  return { app, shell, screen, cookie, call, touched };
}

/**
 * Somebody in the control room has the read-only address. Whatever page or script they run in its place, the server lets their
 * socket read and nothing else: every procedure that is not on the contract's list of readings is refused before its handler.
 */
describe('the read-only address', () => {
  it('lets nothing be changed, whatever is sent', async () => {
    const { call, touched } = await colleague();
    const inputs: Record<string, unknown> = {
      'scans/flag': { id: 'scan-1', flagged: true },
      'scans/note': { id: 'scan-1', note: 'x' },
      'scans/overrule': { id: 'scan-1', overruled: null },
      'scans/plan': { id: 'scan-1', plan: 'queued' },
      'scans/judge-again': { id: 'scan-1' },
      'watch/start': { folder: '/data', preset: 'auto' },
      'watch/allow': { folder: '/data' },
      'watch/complete': { beginning: '/' },
      'files/drop': { path: '/data/a.h5' },
      'export/save': { format: 'csv', only: 'all', from: 'watched' },
      'desktop/notify': { title: 'x', body: '' },
      'recipes/remove': { id: 'x' },
      'watch/stop': undefined,
      'simulation/stop': undefined,
    };
    for (const [name, input] of Object.entries(inputs))
      expect(await call(name, input), name).toMatchObject({ ok: false, error: { code: 'read-only' } });
    expect(touched).not.toHaveBeenCalled();
  });

  it('refuses every procedure that is not listed as a reading', async () => {
    const { app } = await colleague();
    const { readOnlyApp } = await import('@main/rpc/read-only');
    const { handlers } = readOnlyApp(app);
    const refused = Object.keys(procedures).filter((name) => {
      try {
        void (handlers[name as keyof typeof handlers] as (input: unknown) => unknown)(undefined);
        return false;
      } catch {
        return true;
      }
    });
    expect(refused.sort()).toEqual(
      Object.keys(procedures)
        .filter((name) => !(readingProcedures as readonly string[]).includes(name))
        .sort(),
    );
    expect(
      readingProcedures.some((name) =>
        /\/(save|set|start|stop|flag|note|judge|overrule|remove|drop|notify)/.test(name),
      ),
    ).toBe(false);
  });

  it('shows everything, and says what it is', async () => {
    const { call, app, screen } = await colleague();
    expect(await call('scans/list')).toMatchObject({ ok: true, value: [{ id: 'scan-1' }] });
    expect(await call('app/info')).toMatchObject({ ok: true, value: { readOnly: true } });
    app.emit('info-changed', info);
    const event = await screen.next<{ a?: unknown[] }>((message) => message.a?.[0] === 'info-changed');
    expect(event.a?.[1]).toMatchObject({ readOnly: true });
  });

  it('is another secret than the full one, and is told apart by its cookie', async () => {
    const { shell, call } = await colleague();
    expect(shell.viewToken).not.toBe(shell.token);
    const { status, headers } = await ask(shell, `/?token=${shell.viewToken}`);
    expect(status).toBe(303);
    expect(headers['set-cookie']?.[0]).toContain(shell.viewCookie);
    expect(headers.location).toBe(`/view/#key=${shell.viewKey}`);
    const full = await openScreen(shell);
    full.send({ t: 'q', m: 'request', i: 'f', a: ['app/info'] });
    expect((await full.next<Answer>(({ i }) => i === 'f')).r).toMatchObject({ value: { readOnly: false } });
    expect(await call('app/info')).toMatchObject({ value: { readOnly: true } });
  });
});

/**
 * The same browser opens both addresses, as whoever shares a screen does to see what a colleague will see: its cookies are kept
 * apart, so that neither window becomes the other at its next reconnect.
 */
describe('both addresses in one browser', () => {
  const canChange = async (shell: Awaited<ReturnType<typeof startShell>>, cookie: string, path: string) => {
    const screen = await openScreen(shell, { headers: { Cookie: cookie } }, path);
    screen.send({ t: 'q', m: 'request', i: 'x', a: ['watch/stop'] });
    return (await screen.next<Answer>(({ i }) => i === 'x')).r.error?.code !== 'read-only';
  };

  it('leaves full control where it is, and the read-only page read-only', async () => {
    const { shell } = await colleague();
    const jar = new Map<string, string>();
    for (const token of [shell.token, shell.viewToken]) {
      const { headers } = await ask(shell, `/?token=${token}`);
      const [name = '', value = ''] = headers['set-cookie']?.[0]?.split(';')[0]?.split('=', 2) ?? [];
      jar.set(name, value);
    }
    expect(jar.size).toBe(2);
    const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    expect(await canChange(shell, cookies, '/rpc')).toBe(true);
    expect(await canChange(shell, cookies, '/view/rpc')).toBe(false);
    expect((await ask(shell, '/view/assets/index.js', { Cookie: cookies })).status).toBe(200);
  });

  it('gives whoever may only look nothing but the read-only page', async () => {
    const { shell, cookie } = await colleague();
    expect(await ask(shell, '/', { Cookie: cookie })).toMatchObject({ status: 303, headers: { location: '/view/' } });
    expect((await ask(shell, '/view/', { Cookie: cookie })).status).toBe(200);
    expect((await ask(shell, '/view/')).status).toBe(401);
    expect((await ask(shell, '/export?format=csv&only=all', { Cookie: cookie })).status).toBe(401);
    await expect(openScreen(shell, { headers: { Cookie: cookie } })).rejects.toThrow('401');
    // Neither secret opens the other's door.
    const [full, view] = [shell.cookie, shell.viewCookie].map((each) => each.split('=')[1]);
    const swapped = `braggwatch-${shell.port}=${view}; braggwatch-view-${shell.port}=${full}`;
    await expect(openScreen(shell, { headers: { Cookie: swapped } })).rejects.toThrow('401');
    await expect(openScreen(shell, { headers: { Cookie: swapped } }, '/view/rpc')).rejects.toThrow('401');
    await expect(openScreen(shell, { headers: { Cookie: cookie } }, '/view/rpc', shell.key)).rejects.toThrow('401');
    await expect(openScreen(shell, {}, '/rpc', shell.viewKey)).rejects.toThrow('401');
  });
});

describe('exports over HTTP', () => {
  const file = { name: 'braggwatch-flagged.csv', mediaType: 'text/csv; charset=utf-8', text: 'scan\r\n' };

  it('are downloads for whoever holds cookie and key, and nothing for others', async () => {
    const shell = await startShell(fakeApp({ 'export/make': () => file }));
    const path = `/export?format=csv&only=flagged&key=${shell.key}`;
    expect((await ask(shell, path)).status).toBe(401);
    const { status, headers, body } = await ask(shell, path, { Cookie: shell.cookie });
    expect([status, body]).toEqual([200, file.text]);
    expect(headers['content-disposition']).toBe(`attachment; filename="${file.name}"`);
    expect((await ask(shell, `/export?format=exe&only=all&key=${shell.key}`, { Cookie: shell.cookie })).status).toBe(
      400,
    );
  });

  it('serve the report as a page that may run nothing', async () => {
    const report = { name: 'r.html', mediaType: 'text/html; charset=utf-8', text: '<!doctype html>' };
    const shell = await startShell(fakeApp({ 'export/make': () => report }));
    const { headers } = await ask(shell, `/export?format=report&only=all&key=${shell.key}`, { Cookie: shell.cookie });
    expect(headers['content-disposition']).toMatch(/^inline/);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(headers['content-security-policy']).not.toContain('script-src');
  });
});
