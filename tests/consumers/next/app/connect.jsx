'use client';

import { useEffect, useRef, useState } from 'react';
import * as api from 'torque-gitlab-connect';
import { TorqueGitlabConnect } from 'torque-gitlab-connect/react';
import { use } from '../../app/use.js';

/** The component, rendered on the server and made live: a new drawing after each event, as in a page. */
export function Connect() {
  const element = useRef(null);
  const [steps, setSteps] = useState([]);
  useEffect(() => {
    const { current } = element;
    use(api).then(async (client) => {
      await current.updateComplete;
      const heading = current.shadowRoot.querySelector('#heading').textContent;
      const server = JSON.parse(document.querySelector('#server').textContent);
      const { space, method, entries } = current;
      const set = {
        space,
        method,
        name: entries.name,
        token: await current.getTorqueToken(),
        fetch: typeof current.fetch,
      };
      window.rendered = { client, server, heading, set, markup: current.outerHTML };
      current.shadowRoot.querySelector('[part~=primary]').click();
    });
  }, []);
  useEffect(() => {
    if (steps.length > 0) window.answer = { ...window.rendered, steps };
  }, [steps]);
  return (
    <TorqueGitlabConnect
      ref={element}
      space="demo"
      method="provider"
      entries={{ name: 'gitlab-next' }}
      getTorqueToken={() => 'torque-secret-of-the-portal'}
      fetch={(url, init) => fetch(url, init)}
      onStep={({ step }) => setSteps([...steps, step])}
    />
  );
}
