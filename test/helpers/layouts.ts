import type { Answers } from '@contract/geometry';
import type { InstrumentName } from './instruments';
import { ofEnergyMotor, type Measured } from './truth';
import { writeBliss } from './writers/bliss';
import { writeBcdi, writeCdiutils } from './writers/cdiutils';
import { writeNanomax, writeTransformations } from './writers/nexus';
import { writeP10 } from './writers/p10';
import { writeCristal, writeSixs } from './writers/soleil';
import { writeBm02, writeId01Spec } from './writers/spec-edf';
import { writeHeps, writeSpecTiff } from './writers/spec-tiff';
import { writeSrs } from './writers/srs';
import { geometryOf, writeCxi, writeImages, writeMat, writeNpz } from './writers/stacks';

export interface Layout {
  readonly instrument: InstrumentName;
  /** Writes the scan: what is then read. */
  readonly write: (folder: string, truth: Measured) => string;
  readonly format: string;
  readonly preset: string;
  /** What the layout does not record, as a user would answer it. */
  readonly answers?: (truth: Measured) => Partial<Answers>;
}

const distanceAndBeam = ({ instrument, still }: Measured): Partial<Answers> => ({
  distanceM: still['distance'] ?? instrument.distanceM,
  directBeam: [...instrument.beam],
});

/** Each layout, named as in README's table. */
export const layouts: Readonly<Record<string, Layout>> = {
  'ESRF ID01, BLISS': {
    instrument: 'id01',
    write: (folder, truth) => writeBliss(folder, truth, { instrument: 'ESRF-id01' }),
    format: 'bliss',
    preset: 'id01',
  },
  'A scan of the photon energy, here of ESRF ID01': {
    instrument: 'id01Energy',
    write: (folder, truth) => writeBliss(folder, truth, { instrument: 'ESRF-id01' }),
    format: 'bliss',
    preset: 'id01',
  },
  'ESRF ID01 until 2020, SPEC + EDF': {
    instrument: 'id01',
    write: (folder, truth) => writeId01Spec(folder, truth),
    format: 'spec-edf',
    preset: 'id01',
  },
  'ESRF BM02, SPEC + EDF': {
    instrument: 'bm02',
    write: writeBm02,
    format: 'spec-edf',
    preset: 'bm02',
    answers: distanceAndBeam,
  },
  'ESRF ID27, BLISS': {
    instrument: 'id27',
    write: (folder, truth) => writeBliss(folder, truth, { detector: 'eiger' }),
    format: 'bliss',
    preset: 'id27',
  },
  'HEPS ID05, SPEC + TIFF': {
    instrument: 'hepsId05',
    write: writeHeps,
    format: 'spec-tiff',
    preset: 'heps-id05',
    answers: distanceAndBeam,
  },
  'APS 34-ID-C, SPEC + TIFF': {
    instrument: 'aps34idc',
    write: writeSpecTiff,
    format: 'spec-tiff',
    preset: 'aps-34idc',
    answers: ({ instrument }) => ({ directBeam: [...instrument.beam] }),
  },
  'CXI with a geometry file': {
    instrument: 'id01',
    write: (folder, truth) => writeCxi(folder, truth, 'id01'),
    format: 'cxi',
    preset: 'id01',
  },
  'NPZ with a geometry file': {
    instrument: 'aps34idc',
    write: (folder, truth) => writeNpz(folder, truth, 'aps-34idc'),
    format: 'npz',
    preset: 'aps-34idc',
  },
  'MAT with a geometry file': {
    instrument: 'petraP10',
    write: (folder, truth) => writeMat(folder, truth, 'petra-p10'),
    format: 'mat',
    preset: 'petra-p10',
  },
  'A folder of TIFF images with a geometry file': {
    instrument: 'nanomax',
    write: (folder, truth) => writeImages(folder, truth, 'nanomax'),
    format: 'tiff',
    preset: 'nanomax',
  },
  'PETRA III P10, fio + Eiger': {
    instrument: 'petraP10',
    write: writeP10,
    format: 'fio',
    preset: 'petra-p10',
  },
  'SOLEIL SixS MED-H, step scan': {
    instrument: 'sixsMedH',
    write: (folder, truth) => writeSixs(folder, truth, { geometry: 'med-h' }),
    format: 'soleil',
    preset: 'sixs-med-h',
    answers: distanceAndBeam,
  },
  'SOLEIL SixS MED-V, step scan, turned image': {
    instrument: 'sixsMedV',
    write: (folder, truth) => writeSixs(folder, truth, { geometry: 'med-v' }),
    format: 'soleil',
    preset: 'sixs-med-v',
    answers: distanceAndBeam,
  },
  'SOLEIL SixS MED-V, fly scan': {
    instrument: 'sixsMedV',
    write: (folder, truth) => writeSixs(folder, truth, { geometry: 'med-v', kind: 'fly' }),
    format: 'soleil',
    preset: 'sixs-med-v',
    answers: distanceAndBeam,
  },
  'SOLEIL CRISTAL': {
    instrument: 'cristal',
    write: writeCristal,
    format: 'soleil',
    preset: 'cristal',
    answers: distanceAndBeam,
  },
  'cdiutils, preprocessed CXI': {
    instrument: 'id01Unmoved',
    write: (folder, truth) => writeCdiutils(folder, truth).cxi,
    format: 'cxi',
    preset: 'id01',
  },
  'cdiutils, pair for PyNX': {
    instrument: 'id01Unmoved',
    write: (folder, truth) => writeCdiutils(folder, truth).npz,
    format: 'npz',
    preset: 'id01',
  },
  'bcdi, pair of counts and mask with a geometry file': {
    instrument: 'cristal',
    write: (folder, truth) => writeBcdi(folder, truth, geometryOf(truth, 'cristal')),
    format: 'npz',
    preset: 'cristal',
  },
  'MAX IV NanoMAX': {
    instrument: 'nanomax',
    write: writeNanomax,
    format: 'nanomax',
    preset: 'nanomax',
    answers: distanceAndBeam,
  },
  'NeXus with NXtransformations, as Diamond I16 writes it': {
    instrument: 'i16',
    write: writeTransformations,
    format: 'nexus',
    preset: 'generic',
  },
  'Diamond I16, .dat + TIFF': {
    instrument: 'i16Eulerian',
    write: (folder, truth) => writeSrs(folder, truth),
    format: 'srs',
    preset: 'generic',
    answers: distanceAndBeam,
  },
  'Diamond I16, .dat + HDF5': {
    instrument: 'i16Eulerian',
    write: (folder, truth) => writeSrs(folder, truth, { hdf5: true }),
    format: 'srs',
    preset: 'generic',
    answers: distanceAndBeam,
  },
};

/** Scans of the photon energy, every circle at rest, as the beamlines record them. */
export const ofEnergy: Readonly<Record<string, Layout>> = {
  'ESRF ID01 until 2020, SPEC + EDF': {
    instrument: 'id01',
    write: (folder, truth) => writeId01Spec(folder, ofEnergyMotor(truth, 'nrj', 1000)),
    format: 'spec-edf',
    preset: 'id01',
  },
  'HEPS ID05, SPEC + TIFF': {
    instrument: 'hepsId05',
    write: (folder, truth) => writeHeps(folder, ofEnergyMotor(truth, 'energy', 1000)),
    format: 'spec-tiff',
    preset: 'heps-id05',
    answers: distanceAndBeam,
  },
  'PETRA III P10, fio + Eiger': {
    instrument: 'petraP10',
    write: (folder, truth) => writeP10(folder, ofEnergyMotor(truth, 'fmbenergy', 1)),
    format: 'fio',
    preset: 'petra-p10',
  },
  'SOLEIL SixS MED-H, step scan': {
    instrument: 'sixsMedH',
    write: (folder, truth) => writeSixs(folder, ofEnergyMotor(truth, 'energy', 1000), { geometry: 'med-h' }),
    format: 'soleil',
    preset: 'sixs-med-h',
    answers: distanceAndBeam,
  },
  'MAX IV NanoMAX': {
    instrument: 'nanomax',
    write: (folder, truth) => writeNanomax(folder, ofEnergyMotor(truth, 'energy', 1)),
    format: 'nanomax',
    preset: 'nanomax',
    answers: distanceAndBeam,
  },
  'NeXus with NXtransformations, as Diamond I16 writes it': {
    instrument: 'i16',
    write: (folder, truth) => writeTransformations(folder, ofEnergyMotor(truth, 'en', 1000)),
    format: 'nexus',
    preset: 'generic',
  },
  'NeXus whose monochromator has an energy for each frame': {
    instrument: 'i16',
    write: (folder, truth) => writeTransformations(folder, ofEnergyMotor(truth, 'energy', 1000)),
    format: 'nexus',
    preset: 'generic',
  },
  'Diamond I16, .dat + TIFF': {
    instrument: 'i16Eulerian',
    write: (folder, truth) => writeSrs(folder, ofEnergyMotor(truth, 'en', 1000)),
    format: 'srs',
    preset: 'generic',
    answers: distanceAndBeam,
  },
  'CXI with a geometry file': {
    instrument: 'id01',
    write: (folder, truth) => writeCxi(folder, ofEnergyMotor(truth, 'energy', 1000), 'id01'),
    format: 'cxi',
    preset: 'id01',
  },
};
