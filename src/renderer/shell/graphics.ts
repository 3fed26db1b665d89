/**
 * What draws the page where no graphics card does: the software renderer's name, or `none` without WebGL.
 * @returns null where a graphics card draws
 */
export function softwareRenderer(): string | null {
  const canvas = document.createElement('canvas');
  const fast = canvas.getContext('webgl', { failIfMajorPerformanceCaveat: true });
  const gl = fast ?? document.createElement('canvas').getContext('webgl');
  if (!gl) return 'none';
  const details = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(details ? details.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  // Contexts are few, and the page's own pictures need none.
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return fast && !/swiftshader|llvmpipe|softpipe|software/i.test(name) ? null : name;
}

/** What a renderer calls itself, in the few words that a line has room for: `ANGLE (Google, Vulkan (SwiftShader …))` is SwiftShader. */
export function rendererName(renderer: string): string {
  if (renderer === 'none') return 'no WebGL';
  return (
    ['SwiftShader', 'llvmpipe', 'softpipe'].find((name) => renderer.toLowerCase().includes(name.toLowerCase())) ??
    'software'
  );
}
