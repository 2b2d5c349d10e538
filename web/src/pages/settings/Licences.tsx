import { shipped } from 'virtual:shipped-licences';

/** The packages whose code these pages contain, and under which licence. */
export function Licences() {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div tabIndex={0} role="region" aria-label="Packages" className="max-h-80 overflow-y-auto">
      <ul className="divide-y divide-line">
        {shipped.map(({ name, version, license }) => (
          <li key={name} className="flex justify-between gap-4 py-1.5 pr-3">
            <span className="truncate">
              {name} <span className="text-muted">{version}</span>
            </span>
            <span className="shrink-0 text-muted">{license}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
