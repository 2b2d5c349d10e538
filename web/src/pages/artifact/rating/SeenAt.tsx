import { ExternalLink } from 'lucide-react';

/** Where something was seen: an address to open. */
export function SeenAt({ address }: { address: string | null | undefined }) {
  if (!address) return null;
  return (
    <a
      href={address}
      target="_blank"
      rel="noreferrer"
      className="inline-flex max-w-full items-center gap-1 text-[0.87rem] text-accent hover:underline"
    >
      <span className="truncate">{shown(address)}</span>
      <ExternalLink size={12} className="shrink-0" aria-label="(opens elsewhere)" />
    </a>
  );
}

/** The end of an address, which tells it apart from the others. */
function shown(address: string): string {
  try {
    const { pathname, hash } = new URL(address);
    const parts = pathname.split('/').filter(Boolean);
    const file = parts.indexOf('blob') >= 0 ? parts.slice(parts.indexOf('blob') + 2) : parts;
    return `${decodeURIComponent(file.join('/'))}${hash.replace('#L', ', line ')}` || address;
  } catch {
    return address;
  }
}
