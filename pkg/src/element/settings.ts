/** The settings of the element, for those who declare it in templates of a framework. */

import type { TorqueGitlabConnectElement } from './torque-gitlab-connect.js';

/** The properties that a page gives, each of which may be left out. */
export type Settings = Partial<
  Pick<
    TorqueGitlabConnectElement,
    | 'portalUrl'
    | 'publicPortalUrl'
    | 'space'
    | 'baseUrl'
    | 'method'
    | 'steps'
    | 'step'
    | 'fixed'
    | 'disabled'
    | 'headingLevel'
    | 'storageKey'
    | 'entries'
    | 'getTorqueToken'
    | 'fetch'
    | 'policy'
    | 'messages'
    | 'storage'
  >
>;
