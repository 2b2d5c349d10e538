import {
  Legend,
  PolarAngleAxis,
  PolarGrid,
  PolarRadiusAxis,
  RadarChart,
  ResponsiveContainer,
  Radar as Shape,
} from 'recharts';
import type { CatalogItem } from '@/api/generated/types.gen';
import { METRICS } from '@/components/metrics';

/** Told apart by colour and by dashes. */
const LINES = [
  { color: 'var(--gold-deep)', dash: '0' },
  { color: 'var(--dataset)', dash: '6 3' },
  { color: 'var(--code)', dash: '2 3' },
  { color: 'var(--good)', dash: '9 3 2 3' },
  { color: 'var(--bad)', dash: '12 4' },
];

/** The shape of each model's scores; the table beside it says the same in numbers. */
function Radar({ models }: { models: CatalogItem[] }) {
  const data = METRICS.map(({ key, name }) => ({
    name,
    ...Object.fromEntries(models.map(({ id, scores }) => [id, Math.max(scores[key] ?? 0, 0)])),
  }));
  return (
    <div aria-hidden className="h-96 text-[0.8rem]">
      <ResponsiveContainer>
        <RadarChart data={data} outerRadius="56%" accessibilityLayer={false}>
          <PolarGrid stroke="var(--line)" />
          <PolarAngleAxis dataKey="name" tick={{ fill: 'var(--muted)', fontSize: 11 }} />
          <PolarRadiusAxis domain={[0, 1]} tick={false} axisLine={false} />
          {models.map(({ id, name }, index) => (
            <Shape
              key={id}
              dataKey={id}
              name={name}
              stroke={LINES[index]?.color}
              strokeDasharray={LINES[index]?.dash}
              strokeWidth={2}
              fill={LINES[index]?.color}
              fillOpacity={0.08}
              isAnimationActive={false}
            />
          ))}
          <Legend />
        </RadarChart>
      </ResponsiveContainer>
    </div>
  );
}

// biome-ignore lint/style/noDefaultExport: React loads it later by this
export default Radar;
