/**
 * `<torque-gitlab-connect>` in JSX, for React 19 and its types:
 * `import type {} from 'torque-gitlab-connect/element/react'`. TypeScript takes any attribute with a hyphen that it does not know;
 * the component of `torque-gitlab-connect/react` refuses a misspelt prop or event.
 */

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { Settings } from './settings.js';
import type { TorqueGitlabConnectElement, TorqueGitlabConnectEventMap } from './torque-gitlab-connect.js';

type OwnAttributes = {
  'portal-url'?: Settings['portalUrl'];
  'public-portal-url'?: Settings['publicPortalUrl'];
  'base-url'?: Settings['baseUrl'];
  'heading-level'?: Settings['headingLevel'] | `${number}`;
  'storage-key'?: Settings['storageKey'];
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
        Settings &
        OwnAttributes &
        Listeners;
    }
  }
}
