'use client';

import 'torque-gitlab-connect/element/define';
import { useEffect, useRef } from 'react';
import * as api from 'torque-gitlab-connect';
import { use } from '../../app/use.js';

export function Connect() {
  const element = useRef(null);
  useEffect(() => {
    use(api).then(async (answer) => {
      await element.current.updateComplete;
      const heading = element.current.shadowRoot.querySelector('#heading')?.textContent;
      const server = JSON.parse(document.querySelector('#server').textContent);
      window.answer = { client: answer, server, heading };
    });
  }, []);
  return <torque-gitlab-connect ref={element} />;
}
