import { z } from 'zod/mini';

const problemShape = z.object({
  status: z.number(),
  title: z.string(),
  detail: z.string(),
  artifact_id: z.nullish(z.string()),
});

/** Why a request had no answer that can be shown; its message is for people. */
export class Problem extends Error {
  /** The HTTP status, 0 where the server could not be reached at all. */
  readonly status: number;
  /** The artifact that stands in the way, where one does. */
  readonly artifactId: string | undefined;

  constructor(status: number, message: string, artifactId?: string) {
    super(message);
    this.status = status;
    this.artifactId = artifactId;
  }

  get isOffline() {
    return this.status === 0;
  }

  /** Whether asking again at once could change anything. */
  get isPassing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** What a failed request means: the server's own sentence where there is one. */
export function problemFrom(error: unknown, response: Response | undefined): unknown {
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  if (!response) return new Problem(0, 'The registry cannot be reached.');
  const said = problemShape.safeParse(error);
  if (!said.success) return new Problem(response.status, `The server answered ${response.status}.`);
  return new Problem(said.data.status, said.data.detail, said.data.artifact_id ?? undefined);
}

/** Any thrown value as a problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(
    -1,
    'The server answered something that this page does not understand. Load the page again: it may be of another version.',
  );
}
