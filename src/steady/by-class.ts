import { type CredentialClass, isCallers } from '../access/credential.ts';

/** Something for each of those who ask. */
export interface ByClass<Value> {
  /** Made when it is first asked for. */
  of(credential: CredentialClass): Value;
  /** For those who only look on: nothing is made, and nobody was seen. */
  look(credential: CredentialClass): Value | undefined;
}

/**
 * Callers with keys of their own come and go, and anybody can invent keys. So of callers the last thousand are remembered, and what
 * concerns everybody else is apart from them and stays. Whoever was not seen for longest is forgotten, those `isDear` only where
 * everybody else is that, too.
 */
export function createByClass<Value>(
  make: (credential: CredentialClass) => Value,
  isDear: (value: Value) => boolean = () => false,
): ByClass<Value> {
  const lasting = new Map<CredentialClass, Value>();
  // The one who was not seen for longest comes first.
  const callers = new Map<CredentialClass, Value>();

  function forgetOne(): void {
    let [longest] = callers.keys();
    for (const [caller, value] of callers) {
      if (isDear(value)) continue;
      longest = caller;
      break;
    }
    if (longest !== undefined) callers.delete(longest);
  }

  return {
    of: (credential) => {
      const value = lasting.get(credential) ?? callers.get(credential) ?? make(credential);
      if (!isCallers(credential)) lasting.set(credential, value);
      else {
        // Whoever was just seen goes to the end of the line.
        if (!callers.delete(credential) && callers.size >= most) forgetOne();
        callers.set(credential, value);
      }
      return value;
    },
    look: (credential) => callers.get(credential) ?? lasting.get(credential),
  };
}

const most = 1_000;
