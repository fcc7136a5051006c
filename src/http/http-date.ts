/**
 * Milliseconds since 1970 of a time in any of the three forms that recipients have to understand (RFC 9110, 5.6.7), NaN for all else.
 * The last of them leaves out that it is in GMT.
 */
export const readHttpDate = (text: string): number =>
  usual.test(text) || old.test(text) ? Date.parse(text) : oldest.test(text) ? Date.parse(`${text} GMT`) : Number.NaN;

/** `Sun, 06 Nov 1994 08:49:37 GMT` */
const usual = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
/** `Sunday, 06-Nov-94 08:49:37 GMT` */
const old = /^[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/;
/** `Sun Nov  6 08:49:37 1994` */
const oldest = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;
