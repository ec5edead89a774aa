/**
 * A double of a GitLab and a Torque for answers that the sandbox never gives: hostile ones. It notes each request's
 * headers. It knows nothing of tokens and judges nothing.
 */

import { createServer } from 'node:http';

const token = {
  id: 1,
  name: 'torque',
  scopes: ['read_api', 'read_repository'],
  active: true,
  revoked: false,
  expires_at: null,
};

/** `gitlab` is laid over its answer about the token; `torque` is how it answers a POST. */
export function startDouble({ gitlab = {}, torque = { status: 200, body: {} } } = {}) {
  const requests = [];
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', headers['access-control-request-headers'] ?? '*');
    response.setHeader('access-control-allow-methods', 'GET, POST');
    if (method === 'OPTIONS') {
      response.end();
      return;
    }
    requests.push({ method, url, headers });
    response.setHeader('content-type', 'application/json');
    if (method === 'POST') {
      response.statusCode = torque.status;
      response.end(JSON.stringify(torque.body));
    } else response.end(JSON.stringify({ ...token, ...gitlab }));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}/`,
        requests,
        stop: () => {
          server.closeAllConnections();
          server.close();
        },
      }),
    );
  });
}
