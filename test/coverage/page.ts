import { type Entry, type Fields, type Outcome, outcomeOf, type SdkPage } from './entry.ts';

/** `docs/coverage.md`, whole. */
export function renderPage(pages: readonly SdkPage[]): string {
  const sections = pages.flatMap(({ title, about, models }) => [
    `## ${title}`,
    about,
    ...Object.entries(models).flatMap(([model, fields]) => [`### ${model}`, table(fields)]),
  ]);
  return `${[...introduction, summary(pages), ...sections].join('\n\n')}\n`;
}

const introduction = [
  '<!-- Written by test/coverage/write-page.ts from the lists beside it. Change those, then run `npm run generate`. -->',
  '# Coverage',
  'Each upstream has an SDK in Python whose documentation has a page of user models. Here every model and every field of those three ' +
    'pages stands with the place in the graph where its value is read or written. The tests look up each path in `schema/schema.graphql` and ' +
    'fail when one does not exist, or when a field has neither a path nor a reason.',
  'A path begins with a type and goes on with fields; `field(argument:)` means an argument, `Role.BANNED` a value of an enum. Where it ' +
    'begins with an input (`UpdateHordeUserInput.flagged`) the value is written there; `Mutation` and payloads are what writes it and what ' +
    'came of it, and the other paths read it. A field is **reachable**; or **secret**, which is the only reason to withhold a value, and ' +
    'then the paths show what is told or done in its place; or **idle**, when the upstream takes it and does nothing with it. Models ' +
    'marked “beyond the page” are not on the SDK’s page, though its users meet them.',
];

const words: Readonly<Record<Outcome, string>> = {
  reachable: 'reachable',
  secret: 'secret',
  idle: 'idle',
  missing: 'MISSING',
};

/** How many models there are, and fields by what became of them. */
export function tally({ models }: SdkPage): { models: number; fields: number } & Readonly<Record<Outcome, number>> {
  const outcomes = Object.values(models).flatMap((fields) => Object.values(fields).map(outcomeOf));
  const count = (outcome: Outcome): number => outcomes.filter((each) => each === outcome).length;
  return {
    models: Object.keys(models).length,
    fields: outcomes.length,
    reachable: count('reachable'),
    secret: count('secret'),
    idle: count('idle'),
    missing: count('missing'),
  };
}

function summary(pages: readonly SdkPage[]): string {
  const rows = pages.map((page) => {
    const { models, fields, reachable, secret, idle, missing } = tally(page);
    return [page.title, models, fields, reachable, secret, idle, missing];
  });
  const header = ['', 'models', 'fields', 'reachable', 'secret', 'idle', 'missing'];
  return toTable(header, rows);
}

const table = (fields: Fields): string =>
  toTable(
    ['field', 'in the graph', 'state', 'remark'],
    Object.entries(fields).map(([field, entry]) => [
      `\`${field}\``,
      entry.paths.map((path) => `\`${path}\``).join('<br>'),
      words[outcomeOf(entry)],
      remark(entry),
    ]),
  );

const remark = ({ secret, idle, note }: Entry): string => [secret, idle, note].filter((text) => text !== undefined).join(' ');

function toTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
