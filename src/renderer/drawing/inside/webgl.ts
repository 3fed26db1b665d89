import { light } from '@renderer/drawing/surface/raster';
import type { Surface } from '@renderer/drawing/surface/nets';
import { ambient, overLines, type Body, type BodyLook, type BodyStage } from './body';

const vertexShader = `
attribute vec3 position;
attribute vec3 normal;
attribute vec3 colour;
uniform mat3 rotation;
uniform vec3 centre;
uniform vec3 scale;
uniform float facing;
uniform vec4 plain;
varying vec3 seen;
varying float lit;
void main() {
  vec3 at = rotation * (position - centre);
  seen = mix(colour, plain.rgb, plain.a);
  lit = max(0.0, facing * dot(vec3(${light.join()}), rotation * normal));
  gl_Position = vec4(at * scale, 1.0);
}`;

const fragmentShader = `
precision mediump float;
varying vec3 seen;
varying float lit;
uniform float opacity;
uniform float ambient;
void main() {
  float shade = ambient + (1.0 - ambient) * min(1.0, lit);
  gl_FragColor = vec4(seen * shade * opacity, opacity);
}`;

const uniformNames = ['rotation', 'centre', 'scale', 'facing', 'plain', 'opacity', 'ambient'] as const;
type Uniforms = Readonly<Record<(typeof uniformNames)[number], WebGLUniformLocation>>;

/** A surface on the card. */
interface Loaded {
  readonly position: WebGLBuffer;
  readonly normal: WebGLBuffer;
  readonly triangles: WebGLBuffer;
  readonly count: number;
}

/** How a side is drawn: in one colour, or in that of its vertices. */
interface Side {
  readonly facing: 1 | -1;
  readonly opacity: number;
  readonly plain: Body['inner'] | null;
  /** Of the lines: where they are is marked. Of what lies over them: how opaque it is there. */
  readonly lines?: 'marked' | number;
}

class Card {
  readonly #gl: WebGLRenderingContext;
  readonly #uniforms: Uniforms;
  readonly #attributes: Readonly<Record<'position' | 'normal' | 'colour', number>>;
  readonly #colour: WebGLBuffer;
  #loaded = new Map<Surface, Loaded>();
  #coloured: readonly unknown[] = [];

  constructor(gl: WebGLRenderingContext, program: WebGLProgram) {
    this.#gl = gl;
    const uniform = (name: string): WebGLUniformLocation => gl.getUniformLocation(program, name)!;
    this.#uniforms = Object.fromEntries(uniformNames.map((name) => [name, uniform(name)])) as Record<
      keyof Uniforms,
      WebGLUniformLocation
    >;
    const attribute = (name: string): number => gl.getAttribLocation(program, name);
    this.#attributes = { position: attribute('position'), normal: attribute('normal'), colour: attribute('colour') };
    this.#colour = gl.createBuffer();
    gl.useProgram(program);
    gl.enable(gl.DEPTH_TEST);
    gl.enable(gl.CULL_FACE);
    gl.enable(gl.STENCIL_TEST);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  draw(body: Body, { rotation, scale, width, height }: BodyLook): void {
    const [gl, uniforms] = [this.#gl, this.#uniforms];
    this.#takeColours(body);
    gl.viewport(0, 0, width, height);
    // Its rows are the screen's axes; the card reads columns.
    const [a, b, c] = rotation;
    gl.uniformMatrix3fv(uniforms.rotation, false, [a[0], b[0], c[0], a[1], b[1], c[1], a[2], b[2], c[2]]);
    gl.uniform3fv(uniforms.centre, body.centre);
    // Nearer is less; a body is far less deep than this.
    gl.uniform3f(uniforms.scale, (2 * scale) / width, (2 * scale) / height, -1 / 512);
    gl.clearColor(0, 0, 0, 0);
    gl.clearDepth(0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT | gl.STENCIL_BUFFER_BIT);
    const through = body.opacity < 1;
    if (through) this.#drawSide(body.surface, { facing: -1, opacity: body.opacity, plain: body.inner });
    gl.clearDepth(1);
    gl.clear(gl.DEPTH_BUFFER_BIT);
    if (through) this.#drawSide(body.lines, { facing: 1, opacity: 1, plain: body.line, lines: 'marked' });
    const lines = overLines * body.opacity;
    this.#drawSide(body.surface, { facing: 1, opacity: body.opacity, plain: null, ...(through && { lines }) });
    this.#forgetAllBut([body.surface, body.lines]);
  }

  get lost(): boolean {
    return this.#gl.isContextLost();
  }

  free(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  /** Only the outermost of a side is seen: first how far out it lies is drawn, then its colours. */
  #drawSide(surface: Surface, { facing, opacity, plain, lines }: Side): void {
    const [gl, uniforms] = [this.#gl, this.#uniforms];
    gl.cullFace(facing === 1 ? gl.BACK : gl.FRONT);
    gl.uniform1f(uniforms.facing, facing);
    gl.uniform1f(uniforms.opacity, opacity);
    gl.uniform1f(uniforms.ambient, plain ? ambient.plain : ambient.scale);
    gl.uniform4fv(uniforms.plain, plain ? [...plain.map((part) => part / 255), 1] : [0, 0, 0, 0]);
    this.#bind(surface, plain === null);
    const { count } = this.#loaded.get(surface)!;
    gl.depthFunc(facing === 1 ? gl.LESS : gl.GREATER);
    gl.colorMask(false, false, false, false);
    gl.stencilFunc(gl.ALWAYS, 0, 1);
    gl.stencilOp(gl.KEEP, gl.KEEP, gl.KEEP);
    gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_INT, 0);
    gl.colorMask(true, true, true, true);
    gl.depthFunc(gl.EQUAL);
    if (opacity < 1) gl.enable(gl.BLEND);
    gl.stencilFunc(lines === undefined || lines === 'marked' ? gl.ALWAYS : gl.EQUAL, lines === 'marked' ? 1 : 0, 1);
    gl.stencilOp(gl.KEEP, gl.KEEP, lines === 'marked' ? gl.REPLACE : gl.KEEP);
    gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_INT, 0);
    if (typeof lines === 'number') {
      gl.stencilFunc(gl.EQUAL, 1, 1);
      gl.uniform1f(uniforms.opacity, lines);
      gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_INT, 0);
    }
    gl.disable(gl.BLEND);
  }

  #bind(surface: Surface, coloured: boolean): void {
    const [gl, at] = [this.#gl, this.#attributes];
    const loaded = this.#loaded.get(surface) ?? this.#load(surface);
    for (const name of ['position', 'normal'] as const) {
      gl.bindBuffer(gl.ARRAY_BUFFER, loaded[name]);
      gl.enableVertexAttribArray(at[name]);
      gl.vertexAttribPointer(at[name], 3, gl.FLOAT, false, 0, 0);
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#colour);
    if (coloured) gl.enableVertexAttribArray(at.colour);
    else gl.disableVertexAttribArray(at.colour);
    if (coloured) gl.vertexAttribPointer(at.colour, 3, gl.UNSIGNED_BYTE, true, 4, 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, loaded.triangles);
  }

  #load(surface: Surface): Loaded {
    const gl = this.#gl;
    const filled = (target: number, data: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): WebGLBuffer => {
      const buffer = gl.createBuffer();
      gl.bindBuffer(target, buffer);
      gl.bufferData(target, data, gl.STATIC_DRAW);
      return buffer;
    };
    const loaded = {
      position: filled(gl.ARRAY_BUFFER, Float32Array.from(surface.positions)),
      normal: filled(gl.ARRAY_BUFFER, Float32Array.from(surface.normals)),
      triangles: filled(gl.ELEMENT_ARRAY_BUFFER, Uint32Array.from(surface.triangles)),
      count: surface.triangles.length,
    };
    this.#loaded.set(surface, loaded);
    return loaded;
  }

  #takeColours({ tints, colours }: Body): void {
    if (this.#coloured[0] === tints && this.#coloured[1] === colours) return;
    this.#coloured = [tints, colours];
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#colour);
    gl.bufferData(
      gl.ARRAY_BUFFER,
      Uint32Array.from(tints, (tint) => colours[tint]!),
      gl.STATIC_DRAW,
    );
  }

  #forgetAllBut(surfaces: readonly Surface[]): void {
    for (const [surface, { position, normal, triangles }] of this.#loaded) {
      if (surfaces.includes(surface)) continue;
      for (const buffer of [position, normal, triangles]) this.#gl.deleteBuffer(buffer);
      this.#loaded.delete(surface);
    }
  }
}

/**
 * A stage on the graphics card: the same picture as `softwareStage` draws. What a card that has gone leaves to be drawn, `spare` draws.
 * @returns null where there is no WebGL
 */
export function webglStage(spare: () => BodyStage): BodyStage | null {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl', { antialias: true, stencil: true });
  // A surface has more corners than 16 bits can number.
  const program = gl?.getExtension('OES_element_index_uint') ? programOf(gl) : null;
  if (!gl || !program) return null;
  const card = new Card(gl, program);
  let instead: BodyStage | undefined;
  return {
    draw(body, look) {
      if (card.lost) instead ??= spare();
      if (instead) return instead.draw(body, look);
      if (canvas.width !== look.width || canvas.height !== look.height)
        [canvas.width, canvas.height] = [look.width, look.height];
      card.draw(body, look);
      return canvas;
    },
    free: () => card.free(),
  };
}

function programOf(gl: WebGLRenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}
