import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDateReader, type DateFormat, dateFormats } from '../../src/sources/mcsmanager/dates.ts';

const read = (text: string, format: DateFormat = 'en-US', zone = 'UTC'): string | null =>
  createDateReader(format, zone)(text)?.toISOString() ?? null;

describe('a date of the panel', () => {
  test.for<[DateFormat, string, string]>([
    ['en-US', '11/21/2026, 4:25:26 PM', '2026-11-21T16:25:26.000Z'],
    ['en-GB', '21/11/2026, 16:25:43', '2026-11-21T16:25:43.000Z'],
    ['de-DE', '21.11.2026, 16:25:38', '2026-11-21T16:25:38.000Z'],
    ['fr-FR', '21/11/2026 16:25:59', '2026-11-21T16:25:59.000Z'],
    ['zh-CN', '2026/11/21 16:25:33', '2026-11-21T16:25:33.000Z'],
    ['ja-JP', '2026/11/21 16:25:33', '2026-11-21T16:25:33.000Z'],
  ])('of %s is read as that locale writes it', ([format, text, moment]) => {
    expect(read(text, format)).toBe(moment);
  });

  test('is read in the zone of the panel’s process', () => {
    expect(read('11/22/2026, 12:25:26 AM', 'en-US', 'Asia/Shanghai')).toBe('2026-11-21T16:25:26.000Z');
    expect(read('11/21/2026, 4:25:26 PM', 'en-US', 'America/New_York')).toBe('2026-11-21T21:25:26.000Z');
    expect(read('11/21/2026, 4:25:26 PM', 'en-US', 'Asia/Kathmandu')).toBe('2026-11-21T10:40:26.000Z');
  });

  test.for(['\u202f', '\u00a0', ' '])('may have a space of any kind before AM and PM: %j', (space) => {
    expect(read(`11/21/2026, 4:25:26${space}PM`)).toBe('2026-11-21T16:25:26.000Z');
  });

  test('at twelve is midnight in the morning and noon in the afternoon', () => {
    expect(read('11/21/2026, 12:00:00 AM')).toBe('2026-11-21T00:00:00.000Z');
    expect(read('11/21/2026, 12:00:00 PM')).toBe('2026-11-21T12:00:00.000Z');
  });

  test('that its format allows to be read in one way only is read in that way', () => {
    expect(read('05/03/2026, 9:05:06 AM', 'en-US')).toBe('2026-05-03T09:05:06.000Z');
    expect(read('05/03/2026, 09:05:06', 'en-GB')).toBe('2026-03-05T09:05:06.000Z');
  });

  test.for<[string, DateFormat]>([
    ['not a date', 'en-US'],
    ['', 'en-US'],
    ['2020-01-02T03:04:05Z', 'en-US'],
    ['21/11/2026, 4:25:26 PM', 'en-US'],
    ['11/21/2026, 16:25:26', 'en-US'],
    ['11/21/2026, 16:25:26', 'en-GB'],
    ['11/31/2026, 4:25:26 PM', 'en-US'],
    ['2/29/2026, 4:25:26 PM', 'en-US'],
    ['0/10/2026, 4:25:26 PM', 'en-US'],
    ['11/0/2026, 4:25:26 PM', 'en-US'],
    ['11/21/2026, 13:25:26 PM', 'en-US'],
    ['11/21/2026, 0:25:26 AM', 'en-US'],
    ['11/21/2026, 4:60:26 PM', 'en-US'],
    ['11/21/2026, 4:25:60 PM', 'en-US'],
    ['21/11/2026, 24:00:00', 'en-GB'],
    ['21/11/2026, 4:25:26 PM', 'en-GB'],
    ['21.11.2026, 16:25:38', 'en-GB'],
    ['2026/21/11 16:25:33', 'zh-CN'],
    ['2026/11/21, 16:25:33', 'zh-CN'],
    ['21/11/2569 16:25:53', 'fr-FR'],
    ['11/21/26, 4:25:26 PM', 'en-US'],
    ['11/21/2026, 4:25:26 PM and more', 'en-US'],
    ['١١/٢١/٢٠٢٦, ٤:٢٥:٢٦ PM', 'en-US'],
  ])('is null when it is none of its format: %s as %s', ([text, format]) => {
    expect(read(text, format)).toBeNull();
  });

  test('shown twice as the clocks go back is the first of the two', () => {
    expect(read('25.10.2026, 02:30:00', 'de-DE', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(read('25.10.2026, 01:59:59', 'de-DE', 'Europe/Berlin')).toBe('2026-10-24T23:59:59.000Z');
    expect(read('25.10.2026, 03:00:00', 'de-DE', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z');
    expect(read('11/1/2026, 1:30:00 AM', 'en-US', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  test('never shown as the clocks go forward is read with the offset from before', () => {
    expect(read('29.3.2026, 02:30:00', 'de-DE', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(read('29.3.2026, 01:59:59', 'de-DE', 'Europe/Berlin')).toBe('2026-03-29T00:59:59.000Z');
    expect(read('29.3.2026, 03:00:00', 'de-DE', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
    // Lord Howe moves its clocks by half an hour.
    expect(read('4/10/2026, 02:15:00', 'en-GB', 'Australia/Lord_Howe')).toBe('2026-10-03T15:45:00.000Z');
  });

  test('written by the locale itself comes back to the second, whatever the zone, or to its twin where clocks go back', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/St_Johns',
      'Asia/Shanghai',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Casablanca',
    ];
    const second = fc.integer({ min: Date.UTC(1975, 0, 1) / 1000, max: Date.UTC(2150, 0, 1) / 1000 });

    fc.assert(
      fc.property(fc.constantFrom(...dateFormats), fc.constantFrom(...zones), second, (format, zone, at) => {
        const text = new Date(at * 1000).toLocaleString(format, { timeZone: zone });
        const back = createDateReader(format, zone)(text);
        if (back === null) return false;
        const sameText = back.toLocaleString(format, { timeZone: zone }) === text;
        return sameText && back.getTime() <= at * 1000 && at * 1000 - back.getTime() <= 3_600_000;
      }),
      { numRuns: 3_000 },
    );
  });
});
