import { z } from 'zod';

/** A circle's axis and sense in the CXI frame (z downstream, y up, x outboard): `y-` turns clockwise about +y. */
export const axisSchema = z.string().regex(/^[xyz][+-]$/, 'an axis is x, y or z followed by + or -');

/** One goniometer or detector circle: the motor that turns it, its axis, and what is subtracted from the motor's value. */
export const circleSchema = z.strictObject({
  motor: z.string().min(1),
  /** Other names that the motor has had. */
  aliases: z.array(z.string().min(1)).optional(),
  axis: axisSchema,
  offsetDeg: z.number().default(0),
  /** Not always mounted: at 0 where the file does not know its motor. */
  mayBeAbsent: z.boolean().optional(),
});

/** A linear motor under the sample. `unit` counts where the file does not say its own. */
export const stageMotorSchema = z.strictObject({ motor: z.string().min(1), unit: z.enum(['nm', 'um', 'mm', 'm']) });

/** One axis of the sample's position; of its motors those that a scan records are added up. */
export const stageAxisSchema = z.strictObject({
  name: z.string().min(1).max(40),
  motors: z.array(stageMotorSchema).min(1),
});

/** A rectangle of pixels that never counts: [first, last) rows and columns. */
export const maskRectangleSchema = z.strictObject({
  rows: z.tuple([z.int().min(0), z.int().min(0)]),
  cols: z.tuple([z.int().min(0), z.int().min(0)]),
});

export const detectorSchema = z.strictObject({
  name: z.string().min(1),
  aliases: z.array(z.string()).default([]),
  /** Rows and columns of a whole frame. */
  shape: z.tuple([z.int().positive(), z.int().positive()]),
  /** Pixel pitch in metres, rows then columns. */
  pixelM: z.tuple([z.number().positive(), z.number().positive()]),
  /** Directions of growing row and column index in the CXI frame, all detector circles at zero. */
  directions: z.tuple([axisSchema, axisSchema]),
  gaps: z.array(maskRectangleSchema).default([]),
  /** Counts above which a pixel is no longer linear. */
  saturation: z.number().positive(),
});

/** What a file does not record and the user is asked for once per beamline; null = not known. */
export const answersSchema = z.strictObject({
  /** Pixel [row, column] that the direct beam hits with all detector circles at zero. */
  directBeam: z.tuple([z.number(), z.number()]).nullable().default(null),
  distanceM: z.number().positive().nullable().default(null),
  energyEv: z.number().min(1000).max(200_000).nullable().default(null),
  element: z.string().nullable().default(null),
  hkl: z.tuple([z.int(), z.int(), z.int()]).nullable().default(null),
});

/** A beamline's diffractometer as an editable preset (`resources/beamlines`). */
export const presetSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  label: z.string(),
  facility: z.string(),
  formats: z.array(z.string()),
  /** What files call the beamline or its instrument, whatever the capitals. */
  instruments: z.array(z.string()).default([]),
  /** Outermost circle first. */
  sampleCircles: z.array(circleSchema).min(1),
  detectorCircles: z.array(circleSchema),
  detectors: z.array(detectorSchema).min(1),
  /** Motors whose scan is a rocking curve. */
  rockingMotors: z.array(z.string()).min(1),
  monitors: z.array(z.string()).default([]),
  /** Motors that move the sample through the beam, by which scans find their place on the sample's map. */
  stage: z.array(stageAxisSchema).max(3).default([]),
  /** Used where the file is silent, each with a warning on the verdict. */
  assumed: answersSchema,
  notes: z.string().default(''),
});

/**
 * A whole geometry as `--geometry FILE` gives it, and as NPZ/NPY and CXI files need it:
 * whatever is missing here is taken from the file, then from the preset.
 */
export const geometryFileSchema = z.strictObject({
  preset: z.string().optional(),
  ...answersSchema.partial().shape,
  detector: z.string().optional(),
  /** Motor positions in degrees: a number, or one number per frame. */
  positions: z.record(z.string(), z.union([z.number(), z.array(z.number())])).optional(),
  /** First row and column of the region of interest that the frames hold. */
  roiStart: z.tuple([z.number(), z.number()]).optional(),
  /** Overrides of the preset's circles and detector, for a diffractometer that has none. */
  sampleCircles: z.array(circleSchema).optional(),
  detectorCircles: z.array(circleSchema).optional(),
  detectorPixelM: z.tuple([z.number().positive(), z.number().positive()]).optional(),
  detectorDirections: z.tuple([axisSchema, axisSchema]).optional(),
  saturation: z.number().positive().optional(),
  /** The file holds no detector frames but a volume on an orthogonal, cubic grid, its first axis along Q. */
  volume: z
    .strictObject({
      /** Edge of a voxel, 1/angstrom with the 2 pi. */
      voxel: z.number().positive().optional(),
      /** |Q| at its middle. */
      q: z.number().positive().optional(),
    })
    .optional(),
});

export type Circle = z.infer<typeof circleSchema>;
export type StageAxis = z.infer<typeof stageAxisSchema>;
export type Detector = z.infer<typeof detectorSchema>;
export type MaskRectangle = z.infer<typeof maskRectangleSchema>;
export type Answers = z.infer<typeof answersSchema>;
export type Preset = z.infer<typeof presetSchema>;
export type GeometryFile = z.infer<typeof geometryFileSchema>;
