import { Link } from '@tanstack/react-router';
import { count, score } from '@/lib/format';
import { paths } from '@/lib/paths';
import { Card } from '@/ui/Card';

/** How many models have which net score; each column leads to its models. */
export function ScoreDistribution({ bins }: { bins: number[] }) {
  const most = Math.max(...bins, 1);
  const rated = bins.reduce((sum, bin) => sum + bin, 0);
  return (
    <Card
      title="Net scores"
      aside={<span className="text-[0.87rem] text-muted">{count(rated)} rated models</span>}
    >
      <ol className="flex h-44 items-end gap-[2px] sm:gap-1">
        {bins.map((models, bin) => {
          const [from, to] = [bin / bins.length, (bin + 1) / bins.length];
          const label = `${count(models)} models from ${score(from)} to ${score(to)}`;
          return (
            <li key={from} className="flex h-full flex-1 items-end">
              {models === 0 ? (
                <span className="block h-[3px] w-full rounded-sm bg-line" />
              ) : (
                <Link
                  to={paths.browse()}
                  search={{
                    type: 'model',
                    score: `net_score:${from.toFixed(2)}..${to.toFixed(2)}`,
                  }}
                  aria-label={label}
                  title={label}
                  className="block w-full rounded-t-[3px] bg-gradient-to-t from-gold-deep to-gold hover:brightness-110"
                  style={{ height: `${Math.max((models / most) * 100, 4)}%` }}
                />
              )}
            </li>
          );
        })}
      </ol>
      <div aria-hidden className="mt-2 flex justify-between text-[0.8rem] text-muted">
        {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
          <span key={tick}>{score(tick)}</span>
        ))}
      </div>
    </Card>
  );
}
