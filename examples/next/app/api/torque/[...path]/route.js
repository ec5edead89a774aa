import { torqueProxy } from 'torque-gitlab-connect/proxy';
import { isSignedIn } from '../../../../session.js';

/** Made with the first request: `next build` loads this file, too, and has no tokens. */
let proxy;

function answer(request) {
  proxy ??= torqueProxy({
    torque: process.env.TORQUE,
    token: process.env.TORQUE_TOKEN,
    prefix: '/api/torque/',
    authorize: isSignedIn,
  });
  return proxy(request);
}

export { answer as GET, answer as POST };
