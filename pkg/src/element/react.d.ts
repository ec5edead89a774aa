/**
 * `<torque-gitlab-connect>` in JSX, for React 19 and its types:
 * `import type {} from 'torque-gitlab-connect/element/react'`.
 */

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { TorqueGitlabConnect, TorqueGitlabConnectEventMap } from './torque-gitlab-connect.js';

type Properties = Pick<
  TorqueGitlabConnect,
  'portalUrl' | 'publicPortalUrl' | 'space' | 'baseUrl' | 'method' | 'fetch' | 'policy' | 'messages' | 'storage'
>;

/** React adds what begins with `on` as a listener for the event that the rest names. */
type Listeners = {
  [Name in keyof TorqueGitlabConnectEventMap as `on${Name}`]?: (event: TorqueGitlabConnectEventMap[Name]) => void;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'torque-gitlab-connect': DetailedHTMLProps<HTMLAttributes<TorqueGitlabConnect>, TorqueGitlabConnect> &
        Partial<Properties> & { torqueToken?: string } & Listeners;
    }
  }
}
