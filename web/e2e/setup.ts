import { fill, startRegistry, startUpstreams } from './registry';

/** One filled registry for all tests that only look; those that change things start their own. */
async function setup() {
  const upstreams = await startUpstreams();
  const registry = await startRegistry(upstreams);
  await fill(registry.url, upstreams.models);
  process.env.REGISTRY_URL = registry.url;
  process.env.UPSTREAMS = JSON.stringify(upstreams);
  return async () => {
    await registry.stop();
    await upstreams.stop();
  };
}

// biome-ignore lint/style/noDefaultExport: Playwright asks for it
export default setup;
