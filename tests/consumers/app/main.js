// A page with the API and the element.

import 'torque-gitlab-connect/element/define';
import * as api from 'torque-gitlab-connect';
import { use } from './use.js';

const element = document.createElement('torque-gitlab-connect');
document.body.append(element);

use(api).then(async (answer) => {
  await element.updateComplete;
  window.answer = { ...answer, heading: element.shadowRoot.querySelector('#heading')?.textContent };
});
