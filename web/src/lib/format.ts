/** Numbers and times as people read them, in the reader's locale. */

const locale = typeof navigator === 'undefined' ? 'en' : navigator.language;

const whole = new Intl.NumberFormat(locale);
const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const scores = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const distances = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

export const count = (value: number) => whole.format(value);
export const compact = (value: number) => short.format(value);
export const score = (value: number) => scores.format(value);
export const moment = (value: string) => moments.format(new Date(value));
export const day = (value: string) => days.format(new Date(value));
export const percent = (share: number) =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

/** A size in powers of 1000. */
export function bytes(value: number): string {
  const power =
    value < 1000 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), BYTE_UNITS.length - 1);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: BYTE_UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(value / 1000 ** power);
}

/** A span of seconds, as its two largest units. */
export function seconds(value: number): string {
  if (value < 1) return `${Math.round(value * 1000)} ms`;
  if (value < 10) return `${Math.round(value * 10) / 10} s`;
  const rounded = Math.round(value);
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) return `${minutes} min ${rounded % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago something was. */
export function ago(value: string, now = Date.now()): string {
  const passed = (new Date(value).getTime() - now) / 1000;
  const step = STEPS.find(([, size]) => Math.abs(passed) >= size);
  return step
    ? distances.format(Math.round(passed / step[1]), step[0])
    : distances.format(Math.round(passed), 'second');
}

/** A word of the API as people write it: `ramp_up_time` becomes `Ramp up time`. */
export function words(name: string): string {
  const spaced = name.replaceAll('_', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Of what stands after the host of an address. */
export function repository(url: string): string {
  try {
    return new URL(url).pathname
      .replace(/^\/(datasets\/)?/, '')
      .replace(/\/(tree|commit)\/.*$/, '');
  } catch {
    return url;
  }
}

/** A commit as people quote it. */
export const commit = (value: string) => value.slice(0, 10);
