import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** Real registries on local upstreams, as the tests and the screenshots use them. */

const programs = resolve(
  process.env.TOUCHSTONE_PROGRAMS ?? join(import.meta.dirname, '../../target/debug'),
);

export type Running = { url: string; stop: () => Promise<void> };

export type Upstreams = Running & { github: string; models: string[] };

/** Starts local stand-ins of the Hub and GitHub with the demonstration's family in them. */
export async function startUpstreams(options: string[] = ['--demo']): Promise<Upstreams> {
  const child = spawn(join(programs, 'touchstone-stand-in'), ['serve', ...options]);
  const said = JSON.parse(await lineOf(child, /^{/));
  return { url: said.hugging_face, github: said.github, models: said.models, stop: stopper(child) };
}

/** Starts an empty registry on a free port. */
export async function startRegistry(
  upstreams: Upstreams,
  environment: Record<string, string> = {},
): Promise<Running> {
  const data = mkdtempSync(join(tmpdir(), 'touchstone-web-'));
  const child = spawn(join(programs, 'touchstone'), ['serve'], {
    cwd: data,
    env: {
      ...process.env,
      DATA_DIR: join(data, 'data'),
      HOST: '127.0.0.1',
      PORT: '0',
      RATE_LIMIT_PER_MINUTE: '0',
      HF_ENDPOINT: upstreams.url,
      GITHUB_API_URL: upstreams.github,
      GITHUB_TOKEN: 'demo',
      ...environment,
    },
  });
  const line = await lineOf(child, / on http:/);
  const stop = stopper(child);
  return {
    url: `${line.split(' on ')[1]}${environment.ROOT_PATH ?? ''}`,
    stop: async () => {
      await stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Registers something and waits until it has arrived or failed. */
export async function register(registry: string, type: string, url: string): Promise<string> {
  const answer = await fetch(`${registry}/artifact/${type}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url }),
  });
  const { metadata } = (await answer.json()) as { metadata?: { id: string } };
  if (!metadata) throw new Error(`${url} was not taken: ${answer.status}`);
  const progress = `${registry}/artifact/${type}/${metadata.id}/progress`;
  // The events end with the ingest.
  await (await fetch(progress, { headers: { accept: 'text/event-stream' } })).text();
  return metadata.id;
}

/** Registers the demonstration: its models, a few data sets and code, and one that cannot work. */
export async function fill(registry: string, models: string[]): Promise<void> {
  const others = [
    ['dataset', 'https://huggingface.co/datasets/lanternfish-lab/harbour-letters'],
    ['code', 'https://github.com/lanternfish-lab/tern'],
    ['model', 'https://huggingface.co/nobody/not-there'],
  ];
  await Promise.all([
    ...models.map((url) => register(registry, 'model', url)),
    ...others.map(([type, url]) => register(registry, type ?? '', url ?? '')),
  ]);
}

function lineOf(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((found, failed) => {
    if (!child.stdout) return failed(new Error('no output'));
    let problems = '';
    child.stderr?.on('data', (text) => {
      problems = (problems + text).slice(-2000);
    });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => pattern.test(line) && found(line));
    child.on('error', failed);
    child.on('exit', (status) => failed(new Error(`ended with ${status}: ${problems}`)));
  });
}

function stopper(child: ChildProcess): () => Promise<void> {
  const ended = new Promise<void>((done) => child.on('exit', () => done()));
  return () => {
    child.kill();
    return ended;
  };
}
