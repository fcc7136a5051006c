import 'react';

declare module 'react' {
  interface CSSProperties {
    /** The colour that stands for somebody without a picture, in degrees. */
    '--hue'?: number;
  }
}
