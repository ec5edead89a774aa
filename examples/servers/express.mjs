/** A portal's server with Express. */

import { getRequestListener } from '@hono/node-server';
import express from 'express';
import { torqueProxy } from 'torque-gitlab-connect/proxy';
import { fileOf, policy, Sessions } from './shared.mjs';

/** Starts it on a free port; `close` ends it. */
export async function start({ torque, torqueToken }) {
  const sessions = new Sessions();
  const proxy = torqueProxy({
    torque,
    token: torqueToken,
    prefix: '/api/torque/',
    authorize: (request) => sessions.has(request),
  });

  const app = express();
  // By its whole path, which `app.use` would cut; and before any middleware that reads bodies, such as express.json().
  app.all(/^\/api\/torque\//, getRequestListener(proxy));
  app.use(express.json());
  app.get(/^/, async (request, response) => {
    const file = await fileOf(request.path);
    if (!file) return response.sendStatus(404);
    // Here a visitor is signed in at once; a real portal asks who it is.
    if (request.path === '/') response.set('Set-Cookie', sessions.start());
    response.set('Content-Security-Policy', policy).type(file.type).send(file.text);
  });

  const server = await new Promise((resolve, reject) => {
    const listening = app.listen(0, '127.0.0.1', (error) => (error ? reject(error) : resolve(listening)));
  });
  return { origin: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
