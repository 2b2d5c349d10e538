import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HealthComponentDetail } from '@/api/generated/types.gen';
import { healthLog } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { Card } from '@/ui/Card';
import { Select } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';

/** The end of the log. */
export function LogTail({ components }: { components: HealthComponentDetail[] }) {
  const logging = components.filter(({ logs }) =>
    logs.some(({ tail_available }) => tail_available),
  );
  const [chosen, setChosen] = useState('api');
  const log = useQuery({
    ...healthLog(chosen),
    enabled: logging.length > 0,
    refetchInterval: 5000,
  });
  if (logging.length === 0) {
    return (
      <Card title="Log">
        <Notice title="The log is kept elsewhere">This registry does not hold its own log.</Notice>
      </Card>
    );
  }
  return (
    <Card
      title="Log"
      aside={
        <Select
          label="Component"
          hideLabel
          className="w-auto!"
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        >
          {logging.map(({ id, display_name }) => (
            <option key={id} value={id}>
              {display_name}
            </option>
          ))}
        </Select>
      }
    >
      <Loaded query={log} skeleton={<Skeleton lines={8} />}>
        {(text) => (
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
            className="h-80 overflow-auto rounded-md bg-sunken p-3 font-mono text-[0.8rem] leading-relaxed"
          >
            {text || 'Nothing was written yet.'}
          </pre>
        )}
      </Loaded>
    </Card>
  );
}
