/** The part of Plotly that the screen uses; its own typings describe another version. */
declare module 'plotly.js-strict-dist-min' {
  interface Line {
    readonly color: string;
    readonly width?: number;
    readonly dash?: 'dot' | 'dash' | 'solid';
  }

  export interface ScatterTrace {
    readonly type: 'scatter';
    readonly mode: 'lines' | 'markers' | 'lines+markers';
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly line?: Line;
    readonly marker?: { readonly color: string; readonly size: number };
    readonly hovertemplate?: string;
  }

  export interface AxisLayout {
    readonly title: { readonly text: string; readonly standoff?: number; readonly font?: { readonly size: number } };
    readonly type?: 'linear' | 'log';
    readonly gridcolor: string;
    readonly linecolor: string;
    readonly zeroline: boolean;
    readonly nticks?: number;
    readonly range?: readonly [number, number];
    readonly rangemode?: 'tozero' | 'nonnegative';
    /** d3-format. Plotly's own powers of ten come as inline styles, which the content security policy refuses. */
    readonly tickformat?: string;
    readonly automargin?: boolean;
  }

  export interface Layout {
    readonly margin: { readonly l: number; readonly r: number; readonly t: number; readonly b: number };
    readonly paper_bgcolor: string;
    readonly plot_bgcolor: string;
    readonly font: { readonly color: string; readonly size: number; readonly family: string };
    readonly showlegend: boolean;
    readonly xaxis: AxisLayout;
    readonly yaxis: AxisLayout;
    readonly hoverlabel?: { readonly bgcolor: string; readonly font: { readonly color: string } };
    readonly shapes?: readonly {
      readonly type: 'line';
      readonly x0: number;
      readonly x1: number;
      readonly y0: number;
      readonly y1: number;
      readonly yref: 'paper';
      readonly line: Line;
    }[];
  }

  /** CSS pixels. */
  export interface Size {
    readonly width: number;
    readonly height: number;
  }

  export interface Config {
    readonly displayModeBar: boolean;
  }

  export interface Plotly {
    react(element: HTMLElement, data: readonly ScatterTrace[], layout: Layout & Size, config: Config): Promise<unknown>;
    purge(element: HTMLElement): void;
  }

  const plotly: Plotly;
  export default plotly;
}
