export { writeScan, type FixtureScan, type ScanFixture } from './fixture';
export { playBeamtime, type PlayedScan, type PlayOptions } from './play';
export { demoRecipe, type DemoRecipe } from './recipe';
export { simulateScan, type SimulatedScan } from './simulate';
export { drawSpecs, type ScanSpec } from './spec';
