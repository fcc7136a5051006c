import { describe, expect, test } from 'vitest';
import { type Config, ConfigError, loadConfig, parseConfig } from '../src/config.ts';
import { kinds } from '../src/sources/registry.ts';

const load = (text: string | undefined, environment: Record<string, string> = {}): Config => loadConfig(text, environment, kinds);

const settingsOf = ({ sources }: Config): unknown[] =>
  sources.map(({ id, kind, settings }) => ({ id, kind: kind.kind, settings }));

/** What can be compared: identities are asked, not looked at. */
const plain = ({ identities: _identities, ...rest }: Config): object => rest;

/** How a file asks for a variable. */
const variable = (name: string): string => ['$', '{', name, '}'].join('');

function faultsOf(attempt: () => Config): string[] {
  try {
    attempt();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [, ...faults] = error.message.split('\n');
    return faults.map((fault) => fault.replace(/^ {2}- /, ''));
  }
  throw new Error('the configuration was taken');
}

describe('without a file', () => {
  test('and without variables there is no source, and the server is for oneself', () => {
    expect(load(undefined)).toMatchObject({
      sources: [],
      graphiql: true,
      server: { host: '127.0.0.1', port: 4_000 },
      log: { level: 'info' },
    });
  });

  test('variables make one source of each kind', () => {
    const config = load(undefined, {
      HORDE_API_KEY: 'h-key',
      MCSMANAGER_URL: 'http://panel.example:23333',
      MCSMANAGER_API_KEY: 'm-key',
      MCSMANAGER_TIME_ZONE: 'Europe/Berlin',
      OPENWEBUI_URL: 'http://chat.example',
      PORT: '5000',
      HOST: '127.0.0.2',
      LOG_LEVEL: 'debug',
    });

    expect(settingsOf(config)).toMatchObject([
      { id: 'horde', kind: 'AI_HORDE', settings: { url: 'https://aihorde.net/api', apiKey: 'h-key' } },
      {
        id: 'mcsmanager',
        kind: 'MCS_MANAGER',
        settings: { url: 'http://panel.example:23333/api', apiKey: 'm-key', timeZone: 'Europe/Berlin' },
      },
      { id: 'webui', kind: 'OPEN_WEBUI', settings: { url: 'http://chat.example' } },
    ]);
    expect(config).toMatchObject({ server: { host: '127.0.0.2', port: 5_000 }, log: { level: 'debug' } });
  });

  test('empty variables say nothing', () => {
    const config = load(undefined, { PORT: '', HOST: '', LOG_LEVEL: '', HORDE_URL: '', HORDE_API_KEY: '' });

    expect(plain(config)).toEqual(plain(load(undefined)));
  });

  test('the port 0 means any free one', () => {
    expect(load(undefined, { PORT: '0' }).server.port).toBe(0);
  });
});

describe('a file', () => {
  test('names several sources of a kind, each with its own settings', () => {
    const config = load(`
      sources:
        - { id: webui-eu, kind: OPEN_WEBUI, url: "http://eu.example", apiKey: sk-eu, http: { deadlineMs: 500 } }
        - { id: webui-us, kind: OPEN_WEBUI, url: "http://us.example" }
        - { id: panel, kind: MCS_MANAGER, url: "http://panel.example/prefix/" }
    `);

    expect(settingsOf(config)).toMatchObject([
      { id: 'webui-eu', settings: { url: 'http://eu.example', apiKey: 'sk-eu' } },
      { id: 'webui-us', settings: { url: 'http://us.example' } },
      { id: 'panel', settings: { url: 'http://panel.example/prefix/api', timeZone: 'UTC', dateFormat: 'en-US' } },
    ]);
    expect(config.sources.map(({ http }) => http.deadlineMs)).toEqual([500, 10_000, 10_000]);
  });

  test('gives way to variables, setting by setting', () => {
    const config = load(
      `
      server: { host: 127.0.0.3, port: 1 }
      log: { level: warn }
      sources:
        - { id: horde, kind: AI_HORDE, url: "http://horde.example/api", apiKey: from-file, clientAgent: "mine:1:me" }
    `,
      { PORT: '2', HORDE_API_KEY: 'from-environment' },
    );

    expect(config).toMatchObject({ server: { host: '127.0.0.3', port: 2 }, log: { level: 'warn' } });
    expect(settingsOf(config)).toEqual([
      {
        id: 'horde',
        kind: 'AI_HORDE',
        settings: { url: 'http://horde.example/api', apiKey: 'from-environment', clientAgent: 'mine:1:me' },
      },
    ]);
  });

  test('leaves sources of another id alone, whatever variables say', () => {
    const config = load('sources: [{ id: grid, kind: AI_HORDE, apiKey: its-own }]', { HORDE_API_KEY: 'another' });

    expect(settingsOf(config)).toMatchObject([
      { id: 'grid', settings: { apiKey: 'its-own' } },
      { id: 'horde', settings: { apiKey: 'another' } },
    ]);
  });

  test('takes values from variables wherever it says so', () => {
    const config = load(
      `sources: [{ id: grid, kind: AI_HORDE, apiKey: "${variable('GRID_KEY')}", clientAgent: "a:1:${variable('WHO')}@${variable('HOST_NAME')}" }]`,
      {
        GRID_KEY: 'k-1: "quoted" # not YAML',
        WHO: 'me',
        HOST_NAME: 'example.org',
      },
    );

    expect(settingsOf(config)).toMatchObject([
      { settings: { apiKey: 'k-1: "quoted" # not YAML', clientAgent: 'a:1:me@example.org' } },
    ]);
  });

  test.for(['', '# only a remark\n', 'sources:\n', 'server:\nlog:\nsources: []\n'])(
    'that says nothing (%j) is as good as none',
    (text) => {
      expect(plain(load(text))).toEqual(plain(load(undefined)));
    },
  );

  test('links accounts to people, the primary first', () => {
    const { identities } = load(`
      sources: [{ id: horde, kind: AI_HORDE }, { id: webui, kind: OPEN_WEBUI, url: "http://chat.example" }]
      links: [["horde:42", "webui:mia"]]
    `);

    expect(identities.accountsOf('webui:mia')).toEqual(['horde:42', 'webui:mia']);
    expect(identities.accountsOf('horde:43')).toEqual(['horde:43']);
  });
});

describe('a fault', () => {
  test.for<[string, string, string]>([
    ['an unknown section', 'sorces: []', 'unknown "sorces"; docs/configuration.md'],
    ['a list where a section should be', 'server: [4000]', 'server: '],
    ['a section where a list should be', 'sources: { horde: { kind: AI_HORDE } }', 'sources: '],
    ['a text for a file', 'just words', 'the configuration: '],
    ['a source without an id', 'sources: [{ kind: AI_HORDE }]', 'sources.0.id: '],
    ['a source without a kind', 'sources: [{ id: a }]', 'sources.0.kind: '],
    ['a source that is a text', 'sources: [AI_HORDE]', 'sources.0: '],
    ['a source without its address', 'sources: [{ id: a, kind: OPEN_WEBUI }]', 'sources.0.url: '],
    ['an address that is not for the web', 'sources: [{ id: a, kind: OPEN_WEBUI, url: "ftp://a.example" }]', 'sources.0.url: '],
    [
      'an address with a password',
      'sources: [{ id: a, kind: AI_HORDE, url: "http://u:p@h.example" }]',
      'sources.0.url: must hold no',
    ],
    [
      'an address with a query',
      'sources: [{ id: a, kind: MCS_MANAGER, url: "http://p.example/?a=b" }]',
      'sources.0.url: must end',
    ],
    ['an empty key', 'sources: [{ id: a, kind: AI_HORDE, apiKey: "" }]', 'sources.0.apiKey: '],
    ['a setting of another kind', 'sources: [{ id: a, kind: AI_HORDE, timeZone: UTC }]', 'sources.0: unknown "timeZone"'],
    ['an impossible deadline', 'sources: [{ id: a, kind: AI_HORDE, http: { deadlineMs: 0 } }]', 'sources.0.http.deadlineMs: '],
    [
      'an unknown date format',
      'sources: [{ id: a, kind: MCS_MANAGER, url: "http://p.example", dateFormat: martian }]',
      'sources.0.dateFormat: ',
    ],
    ['two sources of one id', 'sources: [{ id: a, kind: AI_HORDE }, { id: a, kind: AI_HORDE }]', 'sources: two are called "a"'],
    ['a link of one account', 'sources: [{ id: a, kind: AI_HORDE }]\nlinks: [["a:1"]]', 'links.0: '],
    [
      'a link to an unknown source',
      'sources: [{ id: a, kind: AI_HORDE }]\nlinks: [["a:1", "b:1"]]',
      'links.0: no source is called "b"',
    ],
    [
      'a link that is no id',
      'sources: [{ id: a, kind: AI_HORDE }]\nlinks: [["a:1", "ada"]]',
      'links.0: "ada" is not an account id',
    ],
    [
      'an account of two people',
      'sources: [{ id: a, kind: AI_HORDE }]\nlinks: [["a:1", "a:2"], ["a:3", "a:2"]]',
      'links.1: "a:2" stands in two places',
    ],
  ])('such as %s is told once, with its key', ([, text, start]) => {
    const faults = faultsOf(() => load(text));

    expect(faults).toHaveLength(1);
    expect(faults[0]?.slice(0, start.length)).toBe(start);
  });

  test.for<[Record<string, string>, string]>([
    [{ PORT: 'http' }, 'PORT (server.port): '],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL (log.level): '],
    [{ ROLLCALL_ALLOW_ANONYMOUS: 'perhaps' }, 'ROLLCALL_ALLOW_ANONYMOUS (access.allowAnonymous): '],
    [{ OPENWEBUI_URL: 'chat' }, 'OPENWEBUI_URL (sources.0.url): '],
    [{ MCSMANAGER_API_KEY: 'k' }, 'MCSMANAGER_URL (sources.0.url): '],
  ])('in a variable is told by its name and the key it stands for: %j', ([environment, start]) => {
    const faults = faultsOf(() => load(undefined, environment));

    expect(faults.map((fault) => fault.slice(0, start.length))).toEqual([start]);
  });

  test('in a file is told by its key alone, variables or not', () => {
    const text = 'log: { level: loud }\nsources: [{ id: b, kind: OPEN_WEBUI, url: chat }]';

    const faults = faultsOf(() => load(text, { PORT: '5000', HORDE_API_KEY: 'k' }));

    expect(faults.map((fault) => fault.split(':', 1)[0])).toEqual(['log.level', 'sources.0.url']);
  });

  test('in YAML is told by its line, and the line is not repeated', () => {
    const faults = faultsOf(() => load('server:\n  port: 1\nsources: [{ apiKey: hush-hush, id: ]\n'));

    expect(faults).toEqual(['the file is not valid YAML at line 3']);
  });

  test('of a variable that is not set is the only one told of its place', () => {
    expect(faultsOf(() => load(`sources: [{ id: a, kind: AI_HORDE, apiKey: "${variable('GRID_KEY')}" }]`))).toEqual([
      `${variable('GRID_KEY')} stands in the file, but no such environment variable is set`,
    ]);
  });

  test.for(['horde_key', 'HORDE KEY', '', ' HORDE_KEY ', '1ST', 'HORDE-KEY', 'HORDE_KEY:-none'])(
    'in what is to name a variable, such as %j, tells the form and not what stands there',
    (name) => {
      const text = `sources: [{ id: a, kind: AI_HORDE, apiKey: "hush${variable(name)}" }]`;

      expect(faultsOf(() => load(text, { horde_key: 'k', 'HORDE KEY': 'k' }))).toEqual([
        `sources.0.apiKey: what stands in ${variable('…')} must be the name of an environment variable in capitals, such as ${variable('HORDE_API_KEY')}; a text that holds ${variable('…')} itself can be taken from a variable, in which nothing is replaced`,
      ]);
    },
  );

  test('is not what a variable holds, which is taken as it is', () => {
    const config = load(`sources: [{ id: a, kind: AI_HORDE, apiKey: "${variable('GRID_KEY')}" }]`, { GRID_KEY: variable('x') });

    expect(settingsOf(config)[0]).toMatchObject({ settings: { apiKey: variable('x') } });
  });

  test.for<[string, string, string]>([
    ['a set', 'access: !!set {keysFile, allowAnonymous}', 'access: what begins with "!" at line 1 is a tag to YAML'],
    ['an ordered map', 'log: {}\nserver: !!omap [port: 1]', 'server: what begins with "!" at line 2 is a tag to YAML'],
    ['pairs', 'server: !!pairs [port: 1]', 'server: what begins with "!" at line 1 is a tag to YAML'],
    ['bytes', 'server: { host: !!binary aGVsbG8= }', 'server.host: what begins with "!" at line 1 is a tag to YAML'],
    ['a time', 'server: { host: !!timestamp 2020-01-01 }', 'server.host: what begins with "!" at line 1 is a tag to YAML'],
    ['a set in YAML 1.1', '%YAML 1.1\n---\nserver: !!set {a, b}', 'server: what begins with "!" at line 3 is a tag to YAML'],
  ])('in a value that would be empty without a word, such as %s, is told with its key', ([, text, start]) => {
    expect(faultsOf(() => load(text))).toEqual([expect.stringContaining(start)]);
  });

  test.for<[string, number]>([
    ['server: &s\n  port: 1\n  <<: *s', 3],
    ['a: &a [*a]', 1],
    ['log: {}\na: &a\n  b: &b\n    - *a\n    - *b', 4],
    ['%YAML 1.1\n---\nserver: &s\n  port: 1\n  <<: *s', 5],
  ])('in YAML that never ends is told by its line: %j', ([text, line]) => {
    expect(faultsOf(() => load(text))).toEqual([
      `the file: what "*" at line ${line} stands for holds that place itself; write out what is meant`,
    ]);
  });

  test('is none where a part of the file is named in another', () => {
    expect(load('server: &s { port: 1 }\nsources: []\nlinks: []\nlog: { level: &l warn }\n').server.port).toBe(1);
    const twice = 'sources: [{ id: a, kind: AI_HORDE, http: &h { retries: 0 } }, { id: b, kind: AI_HORDE, http: *h }]';
    expect(load(twice).sources.map(({ http }) => http.retries)).toEqual([0, 0]);
  });

  test('never repeats a value', () => {
    const secret = 'hush-hush-1234';
    for (const text of [
      `sources: [{ id: a, kind: AI_HORDE, url: "${secret}" }]`,
      `sources: [{ id: "${secret}!", kind: AI_HORDE }]`,
      `sources: [{ id: a, kind: MCS_MANAGER, url: "http://p.example", timeZone: "${secret}" }]`,
      `server: { port: "${secret}" }`,
      `log: { level: "${secret}" }`,
      `sources: "${secret}"`,
      secret,
      `a: *${secret}`,
    ]) {
      const faults = faultsOf(() => load(text));
      expect(faults.length).toBeGreaterThan(0);
      expect(faults.join('\n')).not.toContain(secret);
    }
  });
});

describe('pages may ask by their origins alone, as browsers send them', () => {
  const settled = (origin: string) => parseConfig({ edge: { corsOrigins: [origin] } }, kinds);

  test.for([
    'https://members.example',
    'https://members.example:8443',
    'http://127.0.0.1:5173',
    'http://[::1]:5173',
    'https://xn--bcher-kva.example',
    'chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb',
    'capacitor://localhost',
  ])('%s is one', (origin) => {
    expect(settled(origin).edge.corsOrigins).toEqual([origin]);
  });

  test.for([
    'https://members.example/',
    'https://members.example/page',
    'https://members.example?page',
    'https://members.example#page',
    'https://*.members.example',
    'https://name:secret@members.example',
    'https://members.example:443',
    'http://members.example:80',
    'HTTPS://members.example',
    'https://Members.example',
    'https://bücher.example',
    'http://[0:0:0:0:0:0:0:1]:5173',
    'chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb/',
    'file:///home/page.html',
    'file://host',
    'data:text/html,page',
    'wss://members.example',
  ])('%s could never match, and is refused', (origin) => {
    expect(faultsOf(() => settled(origin))).toEqual([
      'edge.corsOrigins.0: must be an origin as browsers send it, such as https://members.example or http://127.0.0.1:5173: without a slash or path behind, in lower case, and without the usual port; `location.origin` says it in the page’s console',
    ]);
  });
});

test('a program that embeds Rollcall says the same with an object', () => {
  expect(settingsOf(parseConfig({ sources: [{ id: 'a', kind: 'AI_HORDE' }] }, kinds))).toMatchObject([
    { id: 'a', kind: 'AI_HORDE' },
  ]);
  expect(faultsOf(() => parseConfig(null, kinds))).toEqual([expect.stringMatching(/^the configuration: /)]);
});

const panel = { id: 'panel', kind: 'MCS_MANAGER', url: 'http://panel.example' };
const address = 'where the source is: an http or https address, such as https://source.example';

describe('of what is missing or does not fit a fault says what to write', () => {
  test.for<[object | number | null, readonly string[]]>([
    [{ sources: [{ id: 'panel', kind: 'MCS_MANAGER' }] }, [`sources.0.url: is missing; write ${address}`]],
    [{ sources: [{ ...panel, url: null }] }, [`sources.0.url: is empty; write ${address}`]],
    [{ sources: [{ ...panel, url: 'panel' }] }, [`sources.0.url: must be ${address}`]],
    [{ sources: [{ kind: 'AI_HORDE' }] }, ['sources.0.id: is missing; write a name for the source, such as horde']],
    [
      { sources: [{ id: 'a'.repeat(32), kind: 'AI_HORDE' }] },
      ['sources.0.id: must be up to 31 lower-case letters, digits and dashes, beginning with a letter'],
    ],
    [{ sources: [{ id: 'a' }] }, ['sources.0.kind: is missing; write its kind; docs/configuration.md has them']],
    [{ sources: ['AI_HORDE'] }, ['sources.0: must be keys with their values']],
    [{ sources: [{ ...panel, apiKey: 5 }] }, ['sources.0.apiKey: must be a text']],
    [{ sources: [{ ...panel, apiKey: null }] }, ['sources.0.apiKey: is empty; write a text']],
    [{ sources: [{ ...panel, apiKey: '' }] }, ['sources.0.apiKey: must not be empty']],
    [{ sources: [panel], links: [['panel:1']] }, ['links.0: must name two accounts at least, all of one person']],
    [{ sources: [panel], links: ['panel:1'] }, ['links.0: must be a list']],
    [{ server: { port: 99_999 } }, ['server.port: must be 65535 or less']],
    [{ edge: { maxCalls: 0, maxDepth: 1.5 } }, ['edge.maxDepth: must be a whole number', 'edge.maxCalls: must be 1 or more']],
    [
      {
        sources: [
          { id: 'a', kind: 'AI_HORDE', apiKey: 'hush\nhush', clientAgent: 'a:1:b\nc' },
          { id: 'b', kind: 'AI_HORDE', clientAgent: 'a:1:“b”' },
        ],
      },
      [
        'sources.0.apiKey: holds characters that no key has, such as a line break within; copy the key anew',
        'sources.0.clientAgent: must be one line of letters that a header can carry, those of Latin-1',
        'sources.1.clientAgent: must be one line of letters that a header can carry, those of Latin-1',
      ],
    ],
    [{ edge: { corsOrigins: ['here'] } }, ['edge.corsOrigins.0: must be an address, such as https://rollcall.example']],
    [
      { edge: { corsOrigins: ['null'] } },
      ['edge.corsOrigins.0: must not be null, which is the origin of every sandboxed page, whoever made it'],
    ],
    [{ writes: { rememberHours: 0 } }, ['writes.rememberHours: must be more than 0']],
    [{ graphiql: 'yes' }, ['graphiql: must be true or false']],
    [{ log: { level: 'loud' } }, ['log.level: must be one of fatal, error, warn, info, debug, trace, silent']],
    [
      { access: { keys: [{}] } },
      [
        'access.keys.0.name: is missing; write what to call its holder',
        'access.keys.0.hash: is missing; write what `rollcall keys create` printed',
        'access.keys.0.scopes: is missing; write a list',
      ],
    ],
    [
      { access: { jwt: { audience: [], algorithms: [] } } },
      [
        'access.jwt.issuer: is missing; write who makes the tokens, as their `iss` says it',
        'access.jwt.audience: must have 1 entry at least',
        'access.jwt.jwks: is missing; write where the keys are that sign tokens: an https address or the path of a file',
        'access.jwt.algorithms: must have 1 entry at least',
      ],
    ],
    [{ cache: { redis: {} } }, [expect.stringMatching(/^cache\.redis\.url: is missing; write redis:/)]],
    [null, ['the configuration: is empty; write keys with their values']],
  ])('such as %j', ([input, faults]) => {
    expect(faultsOf(() => parseConfig(input, kinds))).toEqual(faults);
  });
});
