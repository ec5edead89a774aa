// The element in React's JSX.

import type {} from 'torque-gitlab-connect/element/react';
import 'torque-gitlab-connect/element/define';

export const form = (
  <torque-gitlab-connect
    portalUrl="https://portal.qtorque.io/"
    space="demo"
    method="provider"
    lang="de"
    className="form"
    policy={{ onUnknown: 'continue' }}
    ontorque-gitlab-connect-end={({ report }) => console.log(report.outcome)}
  >
    <h1 slot="header">Connect</h1>
  </torque-gitlab-connect>
);

// @ts-expect-error: what the element does not have
export const wrong = <torque-gitlab-connect portal="https://portal.qtorque.io/" />;

document.querySelector('torque-gitlab-connect')?.addEventListener('torque-gitlab-connect-step', ({ step }) => {
  const known: 'method' | 'gitlab' | 'repositories' | 'torque' | 'review' | 'connect' = step;
  console.log(known);
});
