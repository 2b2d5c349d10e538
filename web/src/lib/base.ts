/** The address of the registry, without a slash at its end. */
export const base = new URL('.', document.baseURI).href.replace(/\/$/, '');

/** The path of it, as the router needs it. */
export const basePath = new URL(base).pathname;
