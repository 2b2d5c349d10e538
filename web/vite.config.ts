import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { shippedLicences } from './shipped-licences.ts';

export default defineConfig({
  // Relative, so that the pages work under whatever path a gateway gives them.
  base: './',
  plugins: [react(), tailwindcss(), shippedLicences()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    // The policy of the pages allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    manifest: 'manifest.json',
  },
  server: {
    proxy: Object.fromEntries(
      ['/artifact', '/artifacts', '/catalog', '/health', '/docs', '/redoc', '/openapi.json'].map(
        (path) => [path, 'http://127.0.0.1:8000'],
      ),
    ),
  },
  test: { include: ['src/**/*.test.ts'] },
});
