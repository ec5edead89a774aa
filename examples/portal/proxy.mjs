/** The portal's server: it knows its users, and it alone knows the Torque token. */

import { randomUUID } from 'node:crypto';
import { torqueProxy } from 'torque-gitlab-connect/proxy';

export function portal({ torque, torqueToken }) {
  const sessions = new Set();
  /** A real portal has the session in a cookie or in its client. */
  const isSignedIn = (request) => sessions.has(request.headers.get('authorization')?.replace('Bearer ', ''));
  return {
    /** The page for a user who is signed in. */
    page(html) {
      const session = randomUUID();
      sessions.add(session);
      return html.replace(
        '<title>',
        `<meta name="portal-session" content="${session}" /><meta name="torque" content="${torque}" /><title>`,
      );
    },
    /** Answers a request below `api/torque/`. */
    pass: torqueProxy({
      torque,
      token: torqueToken,
      prefix: '/portal/api/torque/',
      authorize: (request) => isSignedIn(request) || new Response('Sign in to the portal first.', { status: 401 }),
    }),
  };
}
