import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const NAME = 'virtual:shipped-licences';

type Lock = { packages: Record<string, { version?: string; license?: string; dev?: boolean }> };

/** Gives the pages the list of packages that are not for development only. */
export function shippedLicences(): Plugin {
  return {
    name: 'shipped-licences',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      const lock: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
      const shipped = Object.entries(lock.packages)
        .filter(([path, { dev }]) => path && !dev)
        .map(([path, { version, license }]) => ({
          name: path.replace(/^.*node_modules\//, ''),
          version,
          license: license ?? 'see the package',
        }))
        .sort((one, other) => one.name.localeCompare(other.name));
      return `export const shipped = ${JSON.stringify(shipped)};`;
    },
  };
}
