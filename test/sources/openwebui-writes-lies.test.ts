import { describe, expect, test } from 'vitest';
import type { Writes } from '../../src/domain/writes.ts';
import { ask } from '../fixtures/open-webui/ask.ts';
import { every, everyName } from './openwebui-every-write.ts';
import { releases } from './openwebui-lies.ts';
import { liesToAdministrators } from './openwebui-lies-to-admins.ts';
import { liesToUsers } from './openwebui-lies-to-users.ts';
import { changesSent, startWriting, summary, tokenOf } from './openwebui-writing.ts';

const rows = [...liesToAdministrators, ...liesToUsers].flatMap((lie) =>
  (lie.only ?? releases).map((release) => ({ ...lie, release })),
);

describe('what the server says, what Rollcall says, what is true', () => {
  test.for(rows)('$release $lie', async ({ release, asked, as, status, harm, write, told, truth }) => {
    await using lied = await startWriting({ release });
    await using writing = await startWriting({ release });

    const credential = as === undefined ? lied.twin.keys.admin : tokenOf(lied.twin, as);
    const [path, question] = typeof asked === 'function' ? asked(release) : asked;
    const answer = await ask(lied.twin, credential, path, question);
    const outcome = await write(writing);

    expect(answer.status).toBe(typeof status === 'number' ? status : status(release));
    if (harm !== undefined) expect(harm[0](lied.twin)).toEqual(harm[1]);
    expect(summary(outcome)).toEqual(told);
    expect(truth[0](writing.twin)).toEqual(truth[1]);
  });
});

describe('a dry run sends nothing that changes', () => {
  test.for(everyName)('%s', async (name) => {
    for (const release of releases) {
      await using writing = await startWriting({ release });
      const as = tokenOf(writing.twin, 'ada');
      // The table holds under each name its own input.
      const outcome = await writing.write(name, every[name] as Writes[typeof name], { as, dryRun: true });

      expect(outcome.sent).toBe(false);
      expect(changesSent(writing.twin)).toEqual([]);
    }
  });
});
