/** A portal's server with Hono, here on Node.js; the same `app` runs on Deno, Bun and Cloudflare. */

import { serve } from '@hono/node-server';
import { Hono } from 'hono';
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

  const app = new Hono();
  app.all('/api/torque/*', ({ req }) => proxy(req.raw));
  app.get('*', async (context) => {
    const { path } = context.req;
    const file = await fileOf(path);
    if (!file) return context.notFound();
    // Here a visitor is signed in at once; a real portal asks who it is.
    const cookie = path === '/' ? { 'Set-Cookie': sessions.start() } : {};
    return context.body(file.text, 200, { 'Content-Type': file.type, 'Content-Security-Policy': policy, ...cookie });
  });

  const [server, { port }] = await new Promise((resolve, reject) => {
    const listening = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) => resolve([listening, info]));
    listening.once('error', reject);
  });
  return { origin: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
