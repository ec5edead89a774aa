// The element in React's JSX.

import { useRef } from 'react';
import type { TorqueGitlabConnectElement } from 'torque-gitlab-connect/element';
import type {} from 'torque-gitlab-connect/element/react';
import { TorqueGitlabConnect } from 'torque-gitlab-connect/react';
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

// @ts-expect-error: a URL is a text, also by the name of its attribute
export const number = <torque-gitlab-connect portal-url={5} />;

// @ts-expect-error: no such method
export const method = <torque-gitlab-connect method="providers" />;

// @ts-expect-error: a secret is neither a prop nor an attribute
export const secret = <torque-gitlab-connect torqueToken="secret" />;

export function Component() {
  const element = useRef<TorqueGitlabConnectElement>(null);
  return (
    <TorqueGitlabConnect
      ref={element}
      portalUrl="/torque/"
      steps="gitlab repositories"
      getTorqueToken={() => null}
      fetch={(url, init, { to }) => (to === 'torque' ? fetch(url, init) : fetch(url, init))}
      onBeforeConnect={(event) => event.waitUntil(Promise.resolve(event.plan.space))}
      onEnd={({ report }) => console.log(report.outcome, element.current?.entries.space)}
    />
  );
}

// @ts-expect-error: a misspelt event
export const misspelt = <TorqueGitlabConnect onEnded={() => {}} />;

// @ts-expect-error: a URL is a text
export const typed = <TorqueGitlabConnect portalUrl={5} />;

document.querySelector('torque-gitlab-connect')?.addEventListener('torque-gitlab-connect-step', ({ step }) => {
  const known: 'method' | 'gitlab' | 'repositories' | 'torque' | 'review' | 'connect' = step;
  console.log(known);
});
