import { Link } from '@tanstack/react-router';
import type { TypeCount } from '@/api/generated/types.gen';
import { ARTIFACT_TYPES, TYPES } from '@/components/marks';
import { count } from '@/lib/format';
import { paths } from '@/lib/paths';

/** How many artifacts there are of each type. */
export function Totals({ types }: { types: TypeCount[] }) {
  return (
    <ul className="grid grid-cols-3 gap-2 sm:gap-3">
      {ARTIFACT_TYPES.map((type) => {
        const found = types.find((one) => one.type === type);
        const { many, icon: Icon, color } = TYPES[type];
        return (
          <li key={type}>
            <Link
              to={paths.browse()}
              search={{ type }}
              className="flex flex-col gap-3 rounded-card border border-line bg-surface p-3 sm:flex-row sm:items-center sm:gap-4 sm:px-5 sm:py-4 shadow-card transition-colors hover:border-line-strong"
            >
              <Icon size={26} strokeWidth={1.5} className={color} aria-hidden />
              <span className="min-w-0">
                <span className="block font-serif text-[1.9rem] leading-none font-semibold">
                  {count(found ? found.ready + found.pending + found.failed : 0)}
                </span>
                <span className="mt-1 block text-muted">{many}</span>
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
