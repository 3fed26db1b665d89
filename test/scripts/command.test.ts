import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Checkout, olderNode } from './checkout';

const nodes = [
  ['Node 24, in the same process', process.execPath],
  ["the machine's own Node, in a child", olderNode],
] as const;

for (const [how, node] of nodes) {
  test.skipIf(node === undefined)(`${how}: arguments, output and exit code are the command's own`, async () => {
    const checkout = new Checkout();
    const ended = await checkout.run('bin/braggwatch.mjs', ['classify', 'a b', '--json'], node);
    expect(JSON.parse(ended.stdout)).toEqual(['main/cli.js', 'classify', 'a b', '--json']);
    expect(ended.code).toBe(4);
    expect(ended.stderr).toMatch(/^Building/);
  });

  test.skipIf(node === undefined)(`${how}: a request to end reaches the command`, async () => {
    const checkout = new Checkout();
    checkout.cli(
      "for (const s of ['SIGTERM', 'SIGINT']) process.on(s, () => { console.log(s); process.exit(9); }); console.log('up'); setInterval(() => {}, 1e3);",
    );
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const child = checkout.start('bin/braggwatch.mjs', [], node);
      let stdout = '';
      child.stdout.on('data', (text: Buffer) => (stdout += String(text)));
      await once(child.stdout, 'data');
      child.kill(signal);
      const [code] = (await once(child, 'close')) as [number];
      expect(code).toBe(9);
      expect(stdout).toBe(`up\n${signal}\n`);
    }
  });
}

test('the demo without a window is the command line, with its options', async () => {
  const checkout = new Checkout();
  const { stdout } = await checkout.run('scripts/demo.mjs', ['--headless'], process.execPath, { DISPLAY: '' });
  expect(JSON.parse(stdout)).toEqual(['main/cli.js', 'demo', '--headless']);
});
