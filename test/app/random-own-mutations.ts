import fc from 'fast-check';

/** Undefined as often as not. */
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });

const given = (drawn: object): object => {
  const entries = Object.entries(drawn).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? { bio: 'Keeps the light.' } : Object.fromEntries(entries);
};

const profile = fc
  .record({
    bio: maybe(fc.constantFrom('Keeps the light.', 'Keeps the log.', null)),
    gender: maybe(fc.constantFrom('other', null)),
    dateOfBirth: maybe(fc.constantFrom('1990-02-01', null)),
    name: maybe(fc.constantFrom('Keeper', 'Harbour Master')),
  })
  .map(given);

const settings = fc.record({
  ui: fc.record({ theme: fc.constantFrom('dark', 'light', null), chatBubble: fc.boolean() }, { requiredKeys: ['theme'] }),
});

const info = fc.record({ info: fc.record({ location: fc.constantFrom('quay', 'mole', null) }) });

const status = fc.record({
  emoji: fc.constantFrom('⚓', '🛟', null),
  message: fc.constantFrom('on watch', 'below deck', null),
});

/** What the holder of the service's key changes of themselves, by the names of the mutations. */
export const ownInputs = {
  updateOpenWebUIProfile: profile,
  updateOpenWebUISettings: settings,
  updateOpenWebUIInfo: info,
  setOpenWebUIStatus: status,
  setOpenWebUITimezone: fc.record({ timezone: fc.constantFrom('Europe/Paris', 'Asia/Tokyo') }),
} satisfies Record<string, fc.Arbitrary<object>>;
