import { expect, it } from 'vitest';
import { rendererName } from '@renderer/shell/graphics';

it('calls a software renderer by the name people know', () => {
  const angle = 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)';
  expect(rendererName(angle)).toBe('SwiftShader');
  expect(rendererName('ANGLE (Mesa, llvmpipe (LLVM 15.0.6 256 bits), OpenGL 4.5)')).toBe('llvmpipe');
  expect(rendererName('Microsoft Basic Render Driver')).toBe('software');
  expect(rendererName('none')).toBe('no WebGL');
});
