import { bytes, count, moment, seconds, words } from '@/lib/format';

const MOMENT = /^\d{4}-\d\d-\d\dT/;

/** A measured value as people read it, by the unit in its name. */
export function figure(name: string, value: unknown): string {
  if (typeof value === 'number') {
    if (name.endsWith('_bytes')) return bytes(value);
    if (name.endsWith('_ms')) return seconds(value / 1000);
    if (name.endsWith('_seconds')) return seconds(value);
    return count(Math.round(value * 100) / 100);
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return MOMENT.test(value) ? moment(value) : value;
  return value === null || value === undefined ? '–' : JSON.stringify(value);
}

/** A figure's name without the unit that its value is shown with. */
export const figureName = (name: string) => words(name.replace(/_(bytes|ms|seconds)$/, ''));
