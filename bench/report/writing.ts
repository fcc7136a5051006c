import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { drawPlots } from '../plots/index.ts';
import { Results } from '../results.ts';
import { formatPage } from './page.ts';

const page = new URL('../../docs/performance.md', import.meta.url);
const folder = new URL('../../docs/performance/', import.meta.url);
const numbers = new URL('results.json', folder);

const [begin, end] = ['<!-- Written by `npm run bench` from here. -->', '<!-- To here. -->'];

/** The numbers, the plots, and between its two marks the page. */
export async function writeReport(results: Results): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(numbers, `${JSON.stringify(results, rounded, 1)}\n`);
  for (const [name, svg] of Object.entries(drawPlots(results))) await writeFile(new URL(name, folder), svg);
  await writeFile(page, between(await readFile(page, 'utf8'), formatPage(results)));
}

/** Those of the last run that wrote the page. */
export async function readResults(): Promise<Results> {
  return Results.parse(JSON.parse(await readFile(numbers, 'utf8')));
}

/** The page with what stands between the marks replaced. */
export function between(text: string, written: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error('docs/performance.md has lost the two marks between which it is written');
  return `${text.slice(0, from + begin.length)}\n\n${written}\n\n${text.slice(to)}`;
}

/** A thousandth is more than enough of anything here. */
const rounded = (_key: string, value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value);
