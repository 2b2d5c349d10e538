import type { HealthComponentDetail } from '@/api/generated/types.gen';
import { Badge } from '@/ui/Badge';
import { figure, figureName } from './figures';
import { HEALTH } from './StatusPage';

/** One part of the registry: how it is, its figures, and what is wrong with it. */
export function Component({ component }: { component: HealthComponentDetail }) {
  const { word, tone } = HEALTH[component.status];
  return (
    <li className="rounded-card border border-line bg-surface p-4 shadow-card">
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-semibold">{component.display_name}</h3>
        <Badge tone={tone}>{word}</Badge>
      </div>
      <p className="mt-0.5 text-[0.9rem] text-muted">{component.description}</p>
      {component.issues.map(({ code, summary, details }) => (
        <p
          key={code}
          className="mt-2 rounded-md bg-warn-soft px-3 py-2 text-[0.92rem] wrap-anywhere"
        >
          {summary} {details && <span className="text-muted">{details}</span>}
        </p>
      ))}
      <dl className="mt-3 grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 text-[0.9rem]">
        {Object.entries(component.metrics).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="truncate text-muted">{figureName(name)}</dt>
            <dd className="text-right wrap-anywhere">{figure(name, value)}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
