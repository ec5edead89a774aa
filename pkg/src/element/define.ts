/** Registers `<torque-gitlab-connect>`. A second copy on the page leaves the first in place. */

import { TorqueGitlabConnect } from './torque-gitlab-connect.js';

if (typeof customElements !== 'undefined' && customElements.get('torque-gitlab-connect') === undefined) {
  customElements.define('torque-gitlab-connect', TorqueGitlabConnect);
}

export * from './torque-gitlab-connect.js';
