import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'radix-ui';
import { catalogEntry } from '@/api/queries';
import { base } from '@/lib/base';
import { addresses } from '@/lib/paths';
import { Command } from '@/ui/Copy';
import { useArtifact } from '../useArtifact';

/** How other programs get the files. */
export function Commands() {
  const ref = useArtifact();
  const name = useQuery(catalogEntry(ref)).data?.name ?? ref.id;
  const bundle = addresses.bundle(ref.type, ref.id, ref.revision);
  const commands = {
    curl: `curl -fL -o '${name}.zip' '${bundle}'`,
    CLI: `touchstone pull --server '${base}' ${ref.id} './${name}'`,
    Python: `import io, urllib.request, zipfile\n\nwith urllib.request.urlopen("${bundle}") as answer:\n    bundle = zipfile.ZipFile(io.BytesIO(answer.read()))\nbundle.extractall("${name}")`,
  };
  return (
    <Tabs.Root defaultValue="curl">
      <Tabs.List aria-label="With" className="mb-2 flex gap-1">
        {Object.keys(commands).map((tool) => (
          <Tabs.Trigger
            key={tool}
            value={tool}
            className="rounded-md px-2.5 py-1 text-muted data-[state=active]:bg-sunken data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {tool}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {Object.entries(commands).map(([tool, text]) => (
        <Tabs.Content key={tool} value={tool}>
          <Command text={text} label={`Copy the command for ${tool}`} />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
