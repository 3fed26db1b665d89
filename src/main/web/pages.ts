const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${text}</html>\n`;

/** Shown to whoever comes without the token. */
export const lockedPage = page(
  'Braggwatch: please use the full address',
  '<p>This app was started with a secret in its address. Open the whole address that it printed when it started ' +
    "(it ends in <code>/?token=...</code>).</p><p>Started without a terminal? The address is in the file <code>address</code> in the app's home " +
    '(<code>~/.local/share/braggwatch</code> unless another was named), which only the user who started the app can read.</p><p>It stays the same until it is revoked (<code>serve --new-addresses</code>).</p>',
);

export const wrongHostPage = page(
  'Braggwatch: unknown host name',
  '<p>Use 127.0.0.1 or localhost in the address; from another machine, an ssh tunnel: ' +
    '<code>ssh -L 8400:127.0.0.1:PORT this-machine</code>.</p>',
);

export const notFoundPage = page('Braggwatch: no such page', '<p><a href="/">To the app</a></p>');
