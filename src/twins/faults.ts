/** Something that goes wrong on purpose with the requests it matches. Rules are tried in order; the first that matches acts. */
export interface FaultRule {
  readonly method?: string;
  /** Matches the path without its query: a whole path, or a pattern. Absent: every path. */
  readonly path?: string | RegExp;
  /** Acts this many times, then steps aside. Absent: for ever. */
  readonly times?: number;
  /** Lets this many matching requests pass first. */
  readonly after?: number;
  readonly fault: Fault;
}

export type Fault =
  /** Acts and answers as usual, this many milliseconds after it was asked. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Closes the connection without an answer. */
  | { readonly kind: 'reset' }
  /** Answers this instead. */
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Sends the usual headers and this share of the usual body, then closes the connection. */
  | { readonly kind: 'cut'; readonly share: number }
  /** Sends this many bytes of filler in place of the usual body, with the usual status and type. */
  | { readonly kind: 'flood'; readonly bytes: number };

export interface FaultScript {
  add(...rules: FaultRule[]): void;
  clear(): void;
  /** The fault for this request, if any rule that still acts matches it. */
  take(method: string, path: string): Fault | undefined;
}

export function createFaultScript(initial: readonly FaultRule[] = []): FaultScript {
  let entries = initial.map(toEntry);
  return {
    add: (...rules) => void entries.push(...rules.map(toEntry)),
    clear: () => {
      entries = [];
    },
    take: (method, path) => {
      for (const entry of entries) {
        if (!matches(entry.rule, method, path) || entry.acted >= (entry.rule.times ?? Number.POSITIVE_INFINITY)) continue;
        entry.seen += 1;
        if (entry.seen <= (entry.rule.after ?? 0)) continue;
        entry.acted += 1;
        return entry.rule.fault;
      }
      return undefined;
    },
  };
}

interface Entry {
  readonly rule: FaultRule;
  seen: number;
  acted: number;
}

const toEntry = (rule: FaultRule): Entry => ({ rule, seen: 0, acted: 0 });

function matches(rule: FaultRule, method: string, path: string): boolean {
  if (rule.method !== undefined && rule.method !== method) return false;
  if (rule.path === undefined) return true;
  return typeof rule.path === 'string' ? rule.path === path : rule.path.test(path);
}
