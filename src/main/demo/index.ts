export { writeScan, type FixtureScan, type ScanFixture } from './fixture';
export { playBeamtime, type PlayedScan } from './play';
export { demoRecipe, type DemoRecipe } from './recipe';
export { simulateScan } from './simulate';
export { drawSpecs } from './spec';
