import { config } from 'zod/mini';
import { base } from '@/lib/base';
import { client } from './generated/client.gen';
import { problemFrom } from './problem';

// Compiled validators need `eval`, which the pages' policy forbids.
config({ jitless: true });

client.setConfig({ baseUrl: base, throwOnError: true });
client.interceptors.error.use(problemFrom);
