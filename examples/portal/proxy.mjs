/** The portal's server: it knows its users, and it alone knows the Torque token. */

import { randomUUID } from 'node:crypto';

/**
 * What the element asks of Torque; everything else the proxy does not let through. A space's name has neither dots nor an
 * encoded slash, which could lead to other parts of Torque.
 */
const routes = [
  ['POST', /^api\/settings\/repository_providers$/],
  ['POST', /^api\/spaces\/(?:[\w-]|%20)+\/repositories\/gitlabEnterprise$/],
  ['GET', /^api\/spaces\/(?:[\w-]|%20)+\/repositories$/],
];

export function portal({ torque, torqueToken }) {
  const sessions = new Set();
  return {
    /** The page for a user who is signed in. A real portal has the session in a cookie or in its client. */
    page(html) {
      const session = randomUUID();
      sessions.add(session);
      return html.replace(
        '<title>',
        `<meta name="portal-session" content="${session}" /><meta name="torque" content="${torque}" /><title>`,
      );
    },
    /** Answers a request to `api/torque/…`. */
    async pass(request, path) {
      const [, session] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
      if (!sessions.has(session)) return Response.json({ message: 'Sign in to the portal first.' }, { status: 401 });
      if (!routes.some(([method, route]) => method === request.method && route.test(path))) {
        return Response.json({ message: 'The portal does not pass this on.' }, { status: 403 });
      }
      const answer = await fetch(new URL(path, torque), {
        method: request.method,
        headers: { Authorization: `Bearer ${torqueToken}`, 'Content-Type': 'application/json' },
        body: request.method === 'POST' ? await request.text() : null,
        redirect: 'manual',
      });
      const headers = new Headers({ 'Content-Type': answer.headers.get('content-type') ?? 'text/plain' });
      const retryAfter = answer.headers.get('retry-after');
      if (retryAfter !== null) headers.set('Retry-After', retryAfter);
      return new Response(await answer.text(), { status: answer.status, headers });
    },
  };
}
