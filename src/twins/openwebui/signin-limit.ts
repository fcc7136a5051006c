export interface SigninLimit {
  /** True when this address has had its tries for now. A try that is let through counts, wrong or right. */
  exceeded(email: string): boolean;
}

const tries = 15;
const window = 180;

export function createSigninLimit(seconds: () => number, on: boolean): SigninLimit {
  const times = new Map<string, number[]>();
  return {
    exceeded: (email) => {
      if (!on) return false;
      const now = seconds();
      const recent = (times.get(email) ?? []).filter((time) => time > now - window);
      if (recent.length >= tries) return true;
      times.set(email, [...recent, now]);
      return false;
    },
  };
}
