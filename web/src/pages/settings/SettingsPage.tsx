import { useQuery } from '@tanstack/react-query';
import { healthSummary } from '@/api/queries';
import { Loaded } from '@/components/Loaded';
import { Page } from '@/components/Page';
import { base } from '@/lib/base';
import { seconds } from '@/lib/format';
import { chooseTheme, type Theme, useTheme } from '@/lib/theme';
import { Card } from '@/ui/Card';
import { Copy } from '@/ui/Copy';
import { Licences } from './Licences';

const THEMES: [Theme, string][] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

/** How this browser shows the registry, and what it is that it shows. */
export function SettingsPage() {
  const health = useQuery(healthSummary());
  return (
    <Page title="Settings" lead="Choices are kept in this browser.">
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card title="Theme">
          <ThemeChoice />
        </Card>
        <Card title="Account">
          <p className="text-muted">
            This registry has no sign-in: whoever reaches its address can read and write.
          </p>
        </Card>
        <Card title="Server">
          <dl className="grid grid-cols-[8rem_1fr] items-center gap-y-2">
            <dt className="text-muted">Address</dt>
            <dd className="flex min-w-0 items-center gap-1">
              <span className="truncate font-mono text-[0.9rem]">{base}</span>
              <Copy text={base} label="Copy the address" />
            </dd>
            <Loaded query={health}>
              {({ version, uptime_seconds }) => (
                <>
                  <dt className="text-muted">Version</dt>
                  <dd className="font-mono text-[0.9rem]">{version}</dd>
                  <dt className="text-muted">Running for</dt>
                  <dd>{seconds(uptime_seconds)}</dd>
                </>
              )}
            </Loaded>
          </dl>
        </Card>
        <Card title="Licences of what is shipped">
          <Licences />
        </Card>
      </div>
    </Page>
  );
}

function ThemeChoice() {
  const theme = useTheme();
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">Theme</legend>
      {THEMES.map(([value, label]) => (
        <label
          key={value}
          className="flex h-10 cursor-pointer items-center gap-2 rounded-md border border-line px-3 hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name="theme"
            className="accent-accent"
            checked={theme === value}
            onChange={() => chooseTheme(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
