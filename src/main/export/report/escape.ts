const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand anywhere in HTML, attribute values included. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign]!);

/** A template whose values are escaped; pieces of HTML made by it go in as they are. */
export class Html {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

const piece = (value: Html | readonly Html[] | string | number): string =>
  value instanceof Html
    ? value.source
    : typeof value === 'object'
      ? value.map(({ source }) => source).join('')
      : escapeHtml(String(value));

export const html = (parts: TemplateStringsArray, ...values: (Html | readonly Html[] | string | number)[]): Html =>
  new Html(parts.reduce((text, part, n) => text + part + (n < values.length ? piece(values[n]!) : ''), ''));
