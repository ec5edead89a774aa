import { fileURLToPath } from 'node:url';

/** Where the packages lie; a project of its own needs none of this. */
const root = fileURLToPath(new URL('..', import.meta.url));

/** What the form needs of a Content-Security-Policy; Next.js writes inline scripts, for which it documents nonces. */
const policy =
  "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
  "connect-src 'self' https: http:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export default {
  turbopack: { root },
  headers: async () => [{ source: '/:path*', headers: [{ key: 'Content-Security-Policy', value: policy }] }],
};
