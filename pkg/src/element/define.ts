/** Registers `<torque-gitlab-connect>`. A second copy on the page leaves the first in place. */

import { TorqueGitlabConnectElement } from './torque-gitlab-connect.js';

// There are none where pages are rendered on a server.
if (typeof customElements !== 'undefined') TorqueGitlabConnectElement.define();

export * from './torque-gitlab-connect.js';
