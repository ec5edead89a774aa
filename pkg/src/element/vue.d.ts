/**
 * `<torque-gitlab-connect>` in the templates of Vue 3:
 * `import type {} from 'torque-gitlab-connect/element/vue'`.
 */

import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
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

/** What `@` and the event's name listen to. */
type Emits = {
  [Name in keyof TorqueGitlabConnectEventMap]: (event: TorqueGitlabConnectEventMap[Name]) => void;
};

declare module 'vue' {
  interface GlobalComponents {
    'torque-gitlab-connect': new () => {
      /** @deprecated Of the type alone; the element has no such property. */
      $props: PublicProps & HTMLAttributes & Properties;
      /** @deprecated Of the type alone; the element has no such property. */
      $emit: EmitFn<Emits>;
    };
  }
}
