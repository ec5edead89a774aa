/**
 * `<torque-gitlab-connect>` in JSX, for React 19 and its types:
 * `import type {} from 'torque-gitlab-connect/element/react'`. TypeScript takes any attribute with a hyphen that it does not know;
 * the component of `torque-gitlab-connect/react` refuses a misspelt prop or event.
 */

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { TorqueGitlabConnectElement, TorqueGitlabConnectEventMap } from './torque-gitlab-connect.js';

type Properties = Partial<
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

type OwnAttributes = {
  'portal-url'?: Properties['portalUrl'];
  'public-portal-url'?: Properties['publicPortalUrl'];
  'base-url'?: Properties['baseUrl'];
  'heading-level'?: Properties['headingLevel'] | `${number}`;
  'storage-key'?: Properties['storageKey'];
};

/** React adds what begins with `on` as a listener for the event that the rest names. */
type Listeners = {
  [Name in keyof TorqueGitlabConnectEventMap as `on${Name}`]?: (event: TorqueGitlabConnectEventMap[Name]) => void;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'torque-gitlab-connect': DetailedHTMLProps<
        HTMLAttributes<TorqueGitlabConnectElement>,
        TorqueGitlabConnectElement
      > &
        Properties &
        OwnAttributes &
        Listeners;
    }
  }
}
