import { expect, test } from 'vitest';
import { maskAddresses } from '../../src/writing/address-mask.ts';

test.for([
  ['https://x.example/a.png', 'https://x.example/a.png'],
  ['https://x.example/@ada/a.png', 'https://x.example/@ada/a.png'],
  ['https://ada:pw@x.example:81/a.png', 'https://[masked]@x.example:81/a.png'],
  ['https://token@x.example', 'https://[masked]@x.example/'],
  ['ftp://:pw@x.example/', 'ftp://[masked]@x.example/'],
  ['https://ada:p@w@x.example/', 'https://[masked]@x.example/'],
  ['https://x.example/a.png?X-Amz-Signature=secret', 'https://x.example/a.png?[masked]'],
  ['https://x.example/#access_token=secret', 'https://x.example/?[masked]'],
  ['https://ada:pw@x.example/?to=https://y.example/secret', 'https://[masked]@x.example/?[masked]'],
  // What somebody takes for an address need be none.
  ['https://ada:p/w@x.example/', 'https://[masked]'],
  ['https://ada:p?w@x.example/', 'https://[masked]'],
  ['https://ada:p://w@x.example/', 'https://[masked]://[masked]@x.example/'],
  ['see https://x.example/ and http://ada:pw@y.example or ask', 'see https://x.example/ and http://[masked]@y.example/ or ask'],
  ['https://x.example,https://ada:pw@y.example', 'https://x.example,https://[masked]@y.example/'],
  ['no address: ada@x.example, a//b?c', 'no address: ada@x.example, a//b?c'],
  ['data:image/png;base64,AAAA', 'data:image/png;base64,AAAA'],
] as const)('%s is shown as %s', ([text, shown]) => {
  expect(maskAddresses(text)).toBe(shown);
});

test('addresses are masked wherever they stand, and all else stays', () => {
  const address = 'https://ada:pw@x.example/';

  expect(maskAddresses({ list: [address, 1, null, true], deep: { url: address } })).toEqual({
    list: ['https://[masked]@x.example/', 1, null, true],
    deep: { url: 'https://[masked]@x.example/' },
  });
});
