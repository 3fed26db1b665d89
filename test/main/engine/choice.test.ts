import { describe, expect, it } from 'vitest';
import { chooseEngine, CPU, nameOf, type EngineFinding } from '@main/engine/choice';
import { surveyEngines } from '@main/engine/survey';
import { agrees } from '@main/engine/trial';
import { mayHaveGpu } from '@main/engine/survey-hint';
import { modelFolder, readModel } from '@main/engine/model';

const finding = (name: string, milliseconds?: number, reason?: string): EngineFinding => {
  const [engine, provider] = name.split('/');
  const choice = engine === 'tensorflow' ? { engine } : { engine: 'onnx', provider };
  return {
    choice: choice as EngineFinding['choice'],
    ...(milliseconds !== undefined && { milliseconds }),
    ...(reason && { reason }),
  };
};
const cpu = finding('onnx/cpu', 20);

describe('the choice of an engine', () => {
  it.each<[string, EngineFinding[], string]>([
    ['the CPU, when it is alone', [cpu], 'onnx/cpu'],
    ['the fastest GPU', [finding('onnx/cuda', 2), finding('onnx/webgpu', 4), cpu], 'onnx/cuda'],
    [
      'WebGPU, where CUDA is not',
      [finding('onnx/cuda', undefined, 'no library'), finding('onnx/webgpu', 4), cpu],
      'onnx/webgpu',
    ],
    ['no software GPU', [finding('onnx/webgpu', 1800), cpu], 'onnx/cpu'],
    ['no GPU that is hardly faster', [finding('onnx/webgpu', 18), cpu], 'onnx/cpu'],
    ['TensorFlow, where it sees a GPU and is fastest', [cpu, finding('tensorflow', 3)], 'tensorflow'],
    ['no TensorFlow without a GPU', [cpu, finding('tensorflow', 3, 'sees no GPU')], 'onnx/cpu'],
  ])('is %s', (_, findings, expected) => {
    expect(nameOf(chooseEngine(findings, 'auto'))).toBe(expected);
  });

  it('follows what was asked for, and says why that does not run', () => {
    const slow = finding('tensorflow', 500, 'sees no GPU');
    expect(nameOf(chooseEngine([cpu, slow], 'tensorflow'))).toBe('tensorflow');
    expect(nameOf(chooseEngine([cpu, finding('tensorflow', 1)], 'onnx'))).toBe('onnx/cpu');
    expect(() => chooseEngine([cpu, finding('tensorflow', undefined, 'not installed')], 'tensorflow')).toThrow(
      /tensorflow: not installed/,
    );
  });
});

describe('a trial', () => {
  const trial = (...said: number[]) => ({ milliseconds: 1, said: Float32Array.from(said) });
  it('is of the same mind as the CPU, or is not, by what it says', () => {
    expect(agrees(trial(1, -2, 3.01), trial(1, -2, 3))).toBe(true);
    expect(agrees(trial(1, -2, 3.1), trial(1, -2, 3))).toBe(false);
    expect(agrees(trial(-2, 1, 3), trial(1, -2, 3))).toBe(false);
    expect(agrees(trial(1, NaN, 3), trial(1, -2, 3))).toBe(false);
    expect(agrees(trial(1, -2), trial(1, -2, 3))).toBe(false);
  });
});

describe('the survey', () => {
  it('looks for a GPU on Linux only where a device file is', () => {
    expect(mayHaveGpu('linux', () => false)).toBe(false);
    expect(mayHaveGpu('linux', (path) => path === '/dev/dri')).toBe(true);
    expect(mayHaveGpu('darwin', () => false)).toBe(true);
  });

  it.each(['judge', 'train'] as const)(
    'times the CPU and says of every other engine why not, to %s',
    async (purpose) => {
      const findings = await surveyEngines(await readModel(modelFolder('three-class')), purpose);
      expect(findings.map(({ choice }) => nameOf(choice))).toEqual([
        'onnx/cuda',
        'onnx/webgpu',
        'onnx/cpu',
        'tensorflow',
      ]);
      for (const { choice, milliseconds, reason } of findings) {
        if (nameOf(choice) === nameOf(CPU)) expect(milliseconds).toBeGreaterThan(0);
        else if (milliseconds === undefined) expect(reason?.length).toBeGreaterThan(5);
      }
    },
  );
});
