import { PanelError } from './outcome.ts';
import { fieldOf } from './request-parts.ts';

export type FieldChecks = Readonly<Record<string, 'text' | 'number'>>;

/** Complains about the first bad field only, in English whatever the panel's language. */
export function checkFields(target: unknown, checks: FieldChecks): void {
  if (!target) throw new PanelError('target is null');
  for (const [name, kind] of Object.entries(checks)) {
    const value = fieldOf(target, name);
    if (value == null || value === '') throw new PanelError(`Validator failed: "${name}" is required!`);
    if (kind === 'number' && Number.isNaN(Number(value))) throw new PanelError(`Validator failed: "${name}" is not a number`);
  }
}
