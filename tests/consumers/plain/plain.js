// The single file gives the element and the API; a second copy, from another place, is loaded beside it.

import * as api from '/standalone.js';
import { use } from '/use.js';

const element = document.querySelector('torque-gitlab-connect');
const text = () => element.shadowRoot.querySelector('#heading, [role="alert"]')?.textContent;

async function answer() {
  const first = await use(api);
  // Also where the form cannot run: the page does not know.
  element.entries = { name: 'gitlab-1', repositories: [{ url: 'https://gitlab.example.com/group/project' }] };
  element.fill({ token: 'glpat-xyzzyxyzzyxyzzyxyzzy' });
  await element.updateComplete;
  const other = await import('/other/standalone.js');
  const second = await use(other);
  await element.updateComplete;
  return {
    first,
    second,
    heading: text(),
    twoCopies: other.TorqueGitlabConnectElement !== api.TorqueGitlabConnectElement,
    firstStays: customElements.get('torque-gitlab-connect') === api.TorqueGitlabConnectElement,
  };
}

answer().then((found) => {
  window.answer = found;
});
