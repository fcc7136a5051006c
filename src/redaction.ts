/** Keeps secrets out of texts: those of the configuration for good, those that callers bring while they are here. */
export interface Redaction {
  /** Replaces each secret wherever it stands, as itself or as JSON would spell it. */
  redact(text: string): string;
  /** Until the given function is called. */
  hold(secrets: readonly string[]): () => void;
}

/** A shorter one would tear words apart, and is none. */
const shortest = 4;

export function createRedaction(secrets: readonly string[]): Redaction {
  const lasting = [...new Set(spell(secrets))].sort(longestFirst);
  const held = new Map<string, number>();
  return {
    redact: (text) => {
      const passing = [...held.keys()].sort(longestFirst);
      return [...lasting, ...passing].reduce((cleared, secret) => cleared.replaceAll(secret, '[redacted]'), text);
    },
    hold: (brought) => {
      const spellings = spell(brought);
      for (const spelling of spellings) held.set(spelling, (held.get(spelling) ?? 0) + 1);
      return () => {
        for (const spelling of spellings.splice(0)) {
          const others = (held.get(spelling) ?? 0) - 1;
          if (others > 0) held.set(spelling, others);
          else held.delete(spelling);
        }
      };
    },
  };
}

const spell = (secrets: readonly string[]): string[] =>
  secrets
    .filter((secret) => secret.length >= shortest)
    .flatMap((secret) => (isPlain.test(secret) ? secret : [secret, JSON.stringify(secret).slice(1, -1)]));

/** What JSON spells as it is; nearly every key and token. */
const isPlain = /^[\w.~+/=-]+$/;

const longestFirst = (left: string, right: string): number => right.length - left.length;
