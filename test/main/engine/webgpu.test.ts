import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maskShapes, parameterCount, type NetworkDescription } from '@core/network/description';
import { buildGradient } from '@core/network/gradient';
import { initialWeights } from '@core/network/initialise';
import { buildForward, SPINS } from '@core/network/judging';
import { stream } from '@core/random/stream';
import { paperClasses } from '@vocabulary/classes';

/** A software GPU, as Debian's Chromium brings it: a Vulkan driver that runs on the CPU, and the loader beside it. */
const DRIVER = process.env['BRAGGWATCH_VULKAN'] ?? '/usr/lib/chromium/vk_swiftshader_icd.json';

/** Vulkan's loader is found by the environment a process starts with, so the graphs run in one of their own. */
const RUNNER = `
const { readFileSync, writeFileSync } = require('node:fs');
const { deserialize, serialize } = require('node:v8');
const { InferenceSession, Tensor } = require('onnxruntime-node');
const [, from, to] = process.argv;
const { bytes, feeds, provider } = deserialize(readFileSync(from));
(async () => {
  const session = await InferenceSession.create(bytes, { executionProviders: [provider, 'cpu'], logSeverityLevel: 3 });
  const inputs = Object.entries(feeds).map(([name, { type, data, shape }]) => [name, new Tensor(type, data, shape)]);
  const out = await session.run(Object.fromEntries(inputs));
  writeFileSync(to, serialize(Object.fromEntries(Object.entries(out).map(([name, { data }]) => [name, data]))));
})().catch((error) => { console.error(error); process.exit(1); });
`;

interface Feed {
  readonly type: 'float32' | 'uint8';
  readonly data: Float32Array | Uint8Array;
  readonly shape: readonly number[];
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'braggwatch-webgpu-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(
  provider: string,
  bytes: Uint8Array,
  feeds: Record<string, Feed>,
): Promise<Record<string, Float32Array>> {
  const [from, to] = [join(folder, 'job'), join(folder, 'result')];
  await writeFile(from, serialize({ bytes, feeds, provider }));
  await promisify(execFile)(process.execPath, ['-e', RUNNER, from, to], {
    env: {
      ...process.env,
      VK_DRIVER_FILES: DRIVER,
      VK_ICD_FILENAMES: DRIVER,
      LD_LIBRARY_PATH: [dirname(DRIVER), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
    },
  });
  return deserialize(await readFile(to)) as Record<string, Float32Array>;
}

const network: NetworkDescription = {
  name: 'tiny',
  size: 24,
  window: 16,
  compression: 'log',
  floor: 1e-4,
  convolutions: [
    { channels: 4, stride: 1, pool: true },
    { channels: 6, stride: 1, pool: true },
    { channels: 8, stride: 1, pool: false },
  ],
  dense: [8],
  classes: paperClasses,
  dropout: 0.1,
};
const BATCH = 2;
const random = stream(5, 'webgpu');
const weights = initialWeights(network, random.normal);
const noise = (length: number): Float32Array => Float32Array.from({ length }, () => random.uniform() ** 4);
const feed = (data: Float32Array, ...shape: number[]): Feed => ({ type: 'float32', data, shape });

function expectSame(ours: Float32Array, theirs: Float32Array): void {
  const scale = Math.max(...ours.map(Math.abs));
  expect(scale).toBeGreaterThan(1e-3);
  expect(theirs).toHaveLength(ours.length);
  expect(Math.max(...theirs.map((value, i) => Math.abs(value - ours[i]!))) / scale).toBeLessThan(1e-3);
}

describe.skipIf(!existsSync(DRIVER))(`WebGPU on a software GPU (skipped without ${DRIVER})`, () => {
  it('judges as the CPU does', async () => {
    const feeds = { intensity: feed(noise(BATCH * 24 ** 3), BATCH, 24, 24, 24) };
    const bytes = buildForward(network, weights, SPINS);
    const [ours, theirs] = [await run('cpu', bytes, feeds), await run('webgpu', bytes, feeds)];
    for (const name of ['logits', 'features']) expectSame(ours[name]!, theirs[name]!);
  });

  it('differentiates as the CPU does', async () => {
    const feeds: Record<string, Feed> = {
      intensity: feed(noise(BATCH * 16 ** 3), BATCH, 16, 16, 16),
      labels: feed(Float32Array.of(1, 0, 0, 0, 1, 0), BATCH, 3),
      weights: feed(weights, parameterCount(network)),
    };
    maskShapes(network).forEach((shape, i) => {
      const data = Uint8Array.from({ length: BATCH * shape.reduce((a, b) => a * b, 1) }, () => random.integer(10) && 1);
      feeds[`mask${i}`] = { type: 'uint8', data, shape: [BATCH, ...shape] };
    });
    const ours = await run('cpu', buildGradient(network), feeds);
    const theirs = await run('webgpu', buildGradient(network, false), feeds);
    for (const name of ['loss', 'logits', 'gradient']) expectSame(ours[name]!, theirs[name]!);
  });
});
