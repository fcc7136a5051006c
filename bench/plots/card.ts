/** Colours that can be read on a light page and on a dark one, whichever the reader has. */
const style = `
  text { font: 12px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328 }
  .heading { font-size: 15px; font-weight: 600 }
  .title { font-weight: 600 }
  .muted { fill: #59636e }
  .value { font-variant-numeric: tabular-nums }
  .card { fill: #ffffff; stroke: #d1d9e0 }
  .track { fill: #eff2f5 }
  .ours { fill: #2563eb }
  .theirs { fill: #9aa4af }
  .hand { fill: #5b6672 }
  .range { stroke-width: 4; stroke-linecap: round; opacity: 0.45 }
  .range.ours { stroke: #2563eb }
  .range.theirs { stroke: #9aa4af }
  .range.hand { stroke: #5b6672 }
  .mark { stroke: #1f2328; stroke-width: 1; stroke-dasharray: 3 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .muted { fill: #9198a1 }
    .card { fill: #0d1117; stroke: #3d444d }
    .track { fill: #1b222c }
    .ours { fill: #60a5fa }
    .theirs { fill: #6e7781 }
    .hand { fill: #b0b8c1 }
    .range.ours { stroke: #60a5fa }
    .range.theirs { stroke: #6e7781 }
    .range.hand { stroke: #b0b8c1 }
    .mark { stroke: #e6edf3 }
  }`;

export interface Panel {
  readonly title: string;
  /** Below the title. */
  readonly note: string;
  readonly rows: readonly Row[];
  /** Draws a row's value at the left upper corner of its place. */
  readonly draw: (row: Row, width: number) => string;
  /** Where a line is drawn through all rows, as a share of the width. */
  readonly mark?: number;
}

export interface Row {
  readonly label: string;
  readonly kind: 'ours' | 'theirs' | 'hand';
  /** Shares of the width; one for a bar, two for the ends of a range. */
  readonly at: readonly number[];
  /** The value in words. */
  readonly text: string;
}

const columns = 2;
const margin = 24;
const gap = 36;
const panelWidth = 430;
const labelWidth = 122;
const textWidth = 92;
const rowHeight = 22;
const headHeight = 44;
export const barWidth = panelWidth - labelWidth - textWidth;
const top = 62;

/** A picture of several panels, two beside each other. */
export function drawCard(heading: string, subheading: string, panels: readonly Panel[]): string {
  const width = margin * 2 + columns * panelWidth + (columns - 1) * gap;
  let y = top;
  const drawn: string[] = [];
  for (let first = 0; first < panels.length; first += columns) {
    const row = panels.slice(first, first + columns);
    drawn.push(...row.map((panel, column) => drawPanel(panel, margin + column * (panelWidth + gap), y)));
    y += headHeight + Math.max(...row.map(({ rows }) => rows.length)) * rowHeight + 22;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-label="${escapeXml(heading)}">
<style>${style}
</style>
<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${y - 1}" rx="10"/>
<text class="heading" x="${margin}" y="32">${escapeXml(heading)}</text>
<text class="muted" x="${margin}" y="50">${escapeXml(subheading)}</text>
${drawn.join('\n')}
</svg>
`;
}

function drawPanel({ title, note, rows, draw, mark }: Panel, x: number, y: number): string {
  const lines = rows.map((row, at) => {
    const top = headHeight + at * rowHeight;
    return `<g transform="translate(0 ${top})">
<text x="${labelWidth - 10}" y="14" text-anchor="end">${escapeXml(row.label)}</text>
<g transform="translate(${labelWidth} 0)">${draw(row, barWidth)}</g>
<text class="value" x="${labelWidth + barWidth + 8}" y="14">${escapeXml(row.text)}</text>
</g>`;
  });
  const line = mark === undefined ? '' : drawMark(labelWidth + mark * barWidth, rows.length);
  return `<g transform="translate(${x} ${y})">
<text class="title" x="0" y="16">${escapeXml(title)}</text>
<text class="muted" x="0" y="33">${escapeXml(note)}</text>
${lines.join('\n')}
${line}
</g>`;
}

const drawMark = (x: number, rows: number): string =>
  `<line class="mark" x1="${x}" x2="${x}" y1="${headHeight - 4}" y2="${headHeight + rows * rowHeight}"/>`;

export const drawBar: Panel['draw'] = ({ at: [share = 0], kind }, width) =>
  `<rect class="track" y="3" width="${width}" height="15" rx="3"/><rect class="${kind}" y="3" width="${Math.max(2, share * width).toFixed(1)}" height="15" rx="3"/>`;

/** From the first value, a dot, to the second. */
export const drawRange: Panel['draw'] = ({ at: [from = 0, to = 0], kind }, width) =>
  `<rect class="track" y="10" width="${width}" height="1"/>` +
  `<line class="range ${kind}" x1="${(from * width).toFixed(1)}" x2="${(to * width).toFixed(1)}" y1="10.5" y2="10.5"/>` +
  `<circle class="${kind}" cx="${(from * width).toFixed(1)}" cy="10.5" r="5"/>`;

const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
