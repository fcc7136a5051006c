/** What is wrong with a value, in a sentence; undefined: nothing. */
export type Check = (value: unknown) => string | undefined;

export const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'True or false.');

export function whole(least: number, most: number): Check {
  const range = `A whole number from ${least} to ${most}.`;
  return (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most ? undefined : range;
}

export function number(least: number, most: number): Check {
  const range = `A number from ${least} to ${most}.`;
  return (value) => (typeof value === 'number' && value >= least && value <= most ? undefined : range);
}

/** So many characters, as the Horde counts them: one outside the basic plane is one. */
export function chars(least: number, most: number): Check {
  return (value) => {
    if (typeof value !== 'string') return 'Text.';
    const length = [...value].length;
    return length >= least && length <= most ? undefined : `${least} to ${most} characters.`;
  };
}
