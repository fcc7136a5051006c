/** Keeps secrets out of texts: those of the configuration for good, those that callers bring while they are here. */
export interface Redaction {
  /** Replaces each secret wherever it stands, as itself or as JSON would spell it. */
  redact(text: string): string;
  /** The same with those of the configuration alone: nobody but who configures Rollcall chooses them. */
  redactLasting(text: string): string;
  /** Whether there is anything to replace. */
  isIn(text: string): boolean;
  /** Until the given function is called. */
  hold(secrets: readonly string[]): () => void;
}

/** A shorter one would tear words apart, and is none. */
const shortest = 4;

interface Held {
  readonly spellings: readonly string[];
  /** How many hold it. */
  count: number;
}

export function createRedaction(secrets: readonly string[]): Redaction {
  const lasting = [...new Set(secrets.flatMap(spell))].sort(longestFirst);
  // Most requests of a moment bring the same few.
  const held = new Map<string, Held>();
  let passing: readonly string[] | undefined;

  function begin(secret: string): void {
    const known = held.get(secret);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    held.set(secret, { spellings: spell(secret), count: 1 });
    passing = undefined;
  }

  function end(secret: string): void {
    const known = held.get(secret);
    if (known === undefined) return;
    known.count -= 1;
    if (known.count > 0) return;
    held.delete(secret);
    passing = undefined;
  }

  function brought(): readonly string[] {
    passing ??= [...new Set([...held.values()].flatMap(({ spellings }) => spellings))].sort(longestFirst);
    return passing;
  }

  const redactLasting = (text: string): string => replaceEach(text, lasting);

  return {
    redact: (text) => replaceEach(redactLasting(text), brought()),
    redactLasting,
    isIn: (text) => {
      const stands = (secret: string): boolean => text.includes(secret);
      return lasting.some(stands) || brought().some(stands);
    },
    hold: (secrets) => {
      for (const secret of secrets) begin(secret);
      let isHeld = true;
      return () => {
        if (isHeld) for (const secret of secrets) end(secret);
        isHeld = false;
      };
    },
  };
}

const replaceEach = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((cleared, secret) => cleared.replaceAll(secret, '[redacted]'), text);

const spell = (secret: string): readonly string[] => {
  if (secret.length < shortest) return [];
  if (isPlain.test(secret)) return [secret];
  const inJson = escapeOnce(secret);
  // The last for JSON that stands as a text in JSON, as of a body that a message quotes.
  return [secret, inJson, escapeOnce(inJson)];
};

const escapeOnce = (text: string): string => JSON.stringify(text).slice(1, -1);

/** What JSON spells as it is; nearly every key and token. */
const isPlain = /^[\w.~+/=-]+$/;

const longestFirst = (left: string, right: string): number => right.length - left.length;
