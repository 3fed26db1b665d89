import { describe, expect, it } from 'vitest';
import { controlOf, moveCommand } from '@vocabulary/moves';

const readings = [
  { motor: 'pix', value: -12.5 },
  { motor: 'piy', value: 3 },
];

describe('a move', () => {
  it('is said as each control system takes it', () => {
    expect(moveCommand(readings, 'bliss')).toBe('umv(pix, -12.5, piy, 3)');
    expect(moveCommand(readings, 'spec')).toBe('mv pix -12.5 piy 3');
    expect(moveCommand(readings, 'sardana')).toBe('umv pix -12.5 piy 3');
    expect([controlOf('bliss'), controlOf('spec-tiff'), controlOf('nanomax')]).toEqual(['bliss', 'spec', 'sardana']);
  });

  it('never holds what is no name of a motor, or no place', () => {
    const strange = [
      { motor: 'pix; rm -rf', value: 1 },
      { motor: 'piz', value: NaN },
    ];
    expect(moveCommand([...strange, readings[1]!], 'spec')).toBe('mv piy 3');
    expect(moveCommand(strange, 'bliss')).toBeNull();
  });
});
