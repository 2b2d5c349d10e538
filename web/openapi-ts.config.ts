import { readFileSync } from 'node:fs';
import { defineConfig } from '@hey-api/openapi-ts';

const document = readFileSync('../crates/server/openapi.json', 'utf8');

export default defineConfig({
  // Counts stay far below 2^53; as `int64` they would become `bigint`, which JSON does not carry.
  input: JSON.parse(document, (key, value) =>
    key === 'format' && value === 'int64' ? undefined : value,
  ),
  output: { path: 'src/api/generated' },
  plugins: [
    '@hey-api/client-fetch',
    '@hey-api/typescript',
    { name: 'zod', compatibilityVersion: 'mini' },
    { name: '@hey-api/sdk', validator: { response: 'zod' } },
  ],
});
