/** Axes and senses in the CXI frame, as `axisSchema` allows them. */
export const axes = ['x+', 'x-', 'y+', 'y-', 'z+', 'z-'] as const;
