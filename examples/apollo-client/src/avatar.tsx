import type { JSX } from 'react';

interface AvatarProps {
  readonly name: string;
  /** Shown if it is a picture in itself. Any other address would tell its owner who looks at whom. */
  readonly url?: string | null;
  readonly size: 'small' | 'large';
}

/** Beside a name, so that it says nothing new to those who do not see it. */
export function Avatar({ name, url = null, size }: AvatarProps): JSX.Element {
  const picture = url?.startsWith('data:image/') ? url : null;
  return (
    <span className={`avatar ${size}`} style={{ '--hue': hueOf(name) }} aria-hidden="true">
      {picture === null ? initialsOf(name) : <img src={picture} alt="" />}
    </span>
  );
}

const initialsOf = (name: string): string =>
  name
    .split(/[\s_#.-]+/)
    .filter((word) => /^\p{Letter}/u.test(word))
    .flatMap((word) => [...word].slice(0, 1))
    .slice(0, 2)
    .join('')
    .toUpperCase() || '?';

const hueOf = (name: string): number => [...name].reduce((hue, letter) => (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
