import type { ArtifactType } from '@/api/generated/types.gen';

/** One line of what was pasted: an address to register, or why it is none. */
export type Line = { number: number; text: string } & (
  | { address: string; type: ArtifactType; problem?: undefined }
  | { problem: string; address?: undefined; type?: undefined }
);

/** More are not taken at once. */
export const MOST_LINES = 1000;

/** Reads addresses, one a line or separated by commas; empty lines and `#` comments are passed over. */
export function linesOf(text: string): Line[] {
  const seen = new Map<string, number>();
  const lines = text.split(/\r?\n/).flatMap((line, index) =>
    line
      .split(',')
      .map((part) => ({ number: index + 1, text: part.trim() }))
      .filter((part) => part.text && !part.text.startsWith('#')),
  );
  return lines.map((line) => {
    const found = addressIn(line.text);
    if ('problem' in found) return { ...line, problem: found.problem };
    const key = `${found.type} ${canonical(found.address)}`;
    const first = seen.get(key);
    if (first !== undefined) return { ...line, problem: `the same as on line ${first}` };
    seen.set(key, line.number);
    return { ...line, ...found };
  });
}

type Found = { address: string; type: ArtifactType } | { problem: string };

const NAME = /^[\w.-]+\/[\w.-]+$/;

function addressIn(text: string): Found {
  if (NAME.test(text)) return { address: `https://huggingface.co/${text}`, type: 'model' };
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return { problem: 'not an address' };
  }
  const parts = url.pathname.split('/').filter(Boolean);
  const host = url.hostname.toLowerCase().replace(/^www\./, '');
  if (host === 'github.com') {
    return parts.length >= 2 ? { address, type: 'code' } : { problem: 'names no repository' };
  }
  if (host !== 'huggingface.co' && host !== 'hf.co') {
    return { problem: 'neither on Hugging Face nor on GitHub' };
  }
  if (parts[0] === 'spaces') return { problem: 'a space is neither a model nor a data set' };
  if (parts[0] === 'datasets') {
    return parts.length >= 2 ? { address, type: 'dataset' } : { problem: 'names no data set' };
  }
  return parts.length >= 1 ? { address, type: 'model' } : { problem: 'names no model' };
}

/** What two spellings of one repository have in common; the server has the last word. */
function canonical(address: string): string {
  const { hostname, pathname } = new URL(address);
  const host = hostname
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/^hf\.co$/, 'huggingface.co');
  const path = pathname
    .replace(/\/(tree|blob|commit|resolve)\/.*$/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return `${host}${path}`.toLowerCase();
}
