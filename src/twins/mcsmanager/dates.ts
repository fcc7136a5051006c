export type PanelLocale = 'en_US' | 'en_GB' | 'de_DE' | 'zh_CN' | 'fr_FR' | 'ja_JP';

/** Writes a moment as the panel's process does: its own zone and locale, neither of them named in the text. */
export type DateWriter = (epochMs: number) => string;

export function createDateWriter(timeZone: string, locale: PanelLocale): DateWriter {
  const format = new Intl.DateTimeFormat(locale.replace('_', '-'), {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  // Newer Node builds put a narrow no-break space before AM and PM; the panel's Node put a plain one.
  return (epochMs) => format.format(epochMs).replace('\u202f', ' ');
}

/** Writes only moments of a grid of an hour and 17 seconds, each of them once: a hundred thousand users need it to be quick. */
export function onGrid(write: DateWriter): DateWriter {
  const written = new Map<number, string>();
  return (epochMs) => {
    const moment = Math.floor(epochMs / GRID_MS) * GRID_MS;
    const text = written.get(moment) ?? write(moment);
    written.set(moment, text);
    return text;
  };
}

const GRID_MS = 3_617_000;
