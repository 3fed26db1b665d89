import { readFileSync } from 'node:fs';
import type { Handlers } from '@contract/procedures';
import { recipeDraftSchema } from '@contract/recipe';
import type { Epoch, ModelEntry } from '@contract/training';
import { parseRecipe } from '@main/dataset/recipe';
import { relaxingTools } from '@main/dataset/relaxing';
import { trainingOptionsSchema } from '@main/learn/options';
import { atomsToShow } from '@main/simulation/atoms';
import { build, factsOf } from '@main/simulation/build';
import { readDraft } from '@main/simulation/issues';
import { createPace, outlookOf } from '@main/simulation/outlook';
import { recipeRules, rulesOf } from '@main/simulation/rules';
import { syntheticVolume } from './patterns';

const shipped = new URL('../../../resources/recipes/provisional.json', import.meta.url);
/** Small crystals, which are built at once. */
const recipe = {
  ...recipeDraftSchema.parse(JSON.parse(readFileSync(shipped, 'utf8'))),
  sizeCells: [14, 16],
  oversampling: [4, 5],
};

const EPOCHS = 24;
const curve: Epoch[] = Array.from({ length: EPOCHS }, (_, epoch) => {
  const left = Math.exp(-epoch / 6);
  return {
    epoch,
    rate: 0.001 * (1 - epoch / EPOCHS),
    trainLoss: 0.12 + 0.95 * left,
    trainAccuracy: 0.96 - 0.6 * left,
    validationLoss: 0.2 + 0.85 * left + 0.03 * Math.sin(3 * epoch),
    validationAccuracy: 0.93 - 0.58 * left - 0.01 * Math.sin(3 * epoch),
  };
});

/** Whole, tested, with a curve. */
export const someModel: ModelEntry = {
  ...{ id: 'three-class', name: 'three-class', shipped: true, unfinished: false, network: 'three-class' },
  classes: ['perfect', 'screw', 'edge'],
  summary: 'Trained on 4800 patterns of 960 crystals of Au, Pt, Ag and Al, 20 to 45 cells, at {111} and {200}',
  provisional: 'Trained on few crystals',
  hash: '4f1d08c2aa93e1b7'.repeat(4),
  patterns: { train: 4080, validation: 480, test: 240 },
  test: {
    patterns: 240,
    accuracy: 0.921,
    twoClassAccuracy: 0.954,
    confusion: [
      [78, 1, 1],
      [3, 73, 4],
      [4, 6, 70],
    ],
    loss: 0.23,
    calibrationError: 0.018,
  },
  temperature: 1.118,
  curve,
  best: EPOCHS - 3,
  epochs: EPOCHS,
};

/** The Simulate and the Train panel with something on their shelves, the same every time: for pictures of them. */
export const furnished: Partial<Handlers> = {
  'recipes/list': () => [{ id: 'shipped/provisional', own: false, recipe }],
  'recipes/rules': () => recipeRules(),
  'recipes/check': ({ recipe: draft }) => {
    const read = readDraft(draft);
    return 'issues' in read
      ? { issues: read.issues, outlook: null }
      : { issues: [], outlook: outlookOf(read.recipe, createPace()) };
  },
  'preview/crystal': ({ recipe: draft, crystal }) => {
    const built = build(parseRecipe(draft), crystal, relaxingTools);
    const { reference, shape, latticeAngstrom } = built;
    return {
      facts: factsOf(built),
      atoms: atomsToShow({ positions: built.crystal.positions, reference, shape, latticeAngstrom }),
      relaxation: null,
    };
  },
  'preview/pattern': () => ({
    ...{ volume: syntheticVolume('edge', 5), oversampling: 3.4, counts: 42_000, background: 0.1 },
  }),
  'training/form': () => ({
    defaults: JSON.parse(JSON.stringify(trainingOptionsSchema.parse({}))) as Record<string, number>,
    rules: rulesOf(trainingOptionsSchema),
    sets: [{ folder: '/data/visitor/hc5432/sets/provisional', name: 'provisional', whole: true }],
    folders: {
      defects: '/models/defects-1',
      'three-class': '/models/three-class-1',
      'two-class': '/models/two-class-1',
    },
  }),
  'training/check': () => ({
    ...{ issues: [], patterns: someModel.patterns, datasetProblem: null, kind: 'new' as const, folderProblem: null },
  }),
  'models/list': () => ({ models: [someModel], active: 'three-class', previous: null }),
};
