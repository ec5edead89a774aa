// A service worker.

import * as api from 'torque-gitlab-connect';
import { use } from './use.js';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) =>
  event.waitUntil(use(api).then((answer) => event.ports[0].postMessage(answer))),
);
