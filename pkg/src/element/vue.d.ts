/**
 * `<torque-gitlab-connect>` in the templates of Vue 3:
 * `import type {} from 'torque-gitlab-connect/element/vue'`.
 */

import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { Settings } from './settings.js';
import type { TorqueGitlabConnectEventMap } from './torque-gitlab-connect.js';

/** What `@` and the event's name listen to. */
type Emits = {
  [Name in keyof TorqueGitlabConnectEventMap]: (event: TorqueGitlabConnectEventMap[Name]) => void;
};

declare module 'vue' {
  interface GlobalComponents {
    'torque-gitlab-connect': new () => {
      /** @deprecated Of the type alone; the element has no such property. */
      $props: PublicProps & HTMLAttributes & Settings;
      /** @deprecated Of the type alone; the element has no such property. */
      $emit: EmitFn<Emits>;
    };
  }
}
