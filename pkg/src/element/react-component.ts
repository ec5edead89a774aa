'use client';

/**
 * `<torque-gitlab-connect>` as a component of React: its settings as props, its events as `on…`, the element as its ref. Rendered on a
 * server, the settings that are texts stand in the markup; all others are set when the page is live, where React itself would lose
 * them (facebook/react 35446). Tested with React 19, written so that 18 should do.
 */

import {
  type CSSProperties,
  createElement,
  type ForwardRefExoticComponent,
  forwardRef,
  type ReactNode,
  type RefAttributes,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';

import './define.js';
import type { TorqueGitlabConnectElement, TorqueGitlabConnectEventMap } from './torque-gitlab-connect.js';

/** Settings that are texts: attributes, which a server can write. */
const attributes = {
  portalUrl: 'portal-url',
  publicPortalUrl: 'public-portal-url',
  space: 'space',
  baseUrl: 'base-url',
  method: 'method',
  steps: 'steps',
  step: 'step',
  fixed: 'fixed',
  headingLevel: 'heading-level',
  storageKey: 'storage-key',
} as const;

/** Settings that no attribute can hold. */
const properties = ['getTorqueToken', 'fetch', 'entries', 'policy', 'messages', 'storage'] as const;

const events = {
  onStep: 'torque-gitlab-connect-step',
  onErrors: 'torque-gitlab-connect-errors',
  onTokenTested: 'torque-gitlab-connect-token-tested',
  onBeforeConnect: 'torque-gitlab-connect-before-connect',
  onBeforeRequest: 'torque-gitlab-connect-before-request',
  onStart: 'torque-gitlab-connect-start',
  onProgress: 'torque-gitlab-connect-progress',
  onEnd: 'torque-gitlab-connect-end',
} as const;

type Settings = Pick<TorqueGitlabConnectElement, keyof typeof attributes | (typeof properties)[number] | 'disabled'>;

type Listeners = {
  [Prop in keyof typeof events]?: (event: TorqueGitlabConnectEventMap[(typeof events)[Prop]]) => void;
};

/** The props of the component. */
export type TorqueGitlabConnectProps = { [Key in keyof Settings]?: Settings[Key] | undefined } & Listeners & {
    /** What goes into the slots. */
    children?: ReactNode;
    className?: string | undefined;
    id?: string | undefined;
    lang?: string | undefined;
    style?: CSSProperties | undefined;
  };

// A layout effect comes before the element's first drawing. On a server there is none, and React 18 complains of it.
const useEarlyEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** `<torque-gitlab-connect>`, registered. */
export const TorqueGitlabConnect: ForwardRefExoticComponent<
  TorqueGitlabConnectProps & RefAttributes<TorqueGitlabConnectElement>
> = forwardRef<TorqueGitlabConnectElement, TorqueGitlabConnectProps>((props, ref) => {
  const element = useRef<TorqueGitlabConnectElement>(null);
  const latest = useRef(props);
  useImperativeHandle(ref, () => {
    if (element.current === null) throw new Error('effects come when the element is drawn');
    return element.current;
  }, []);
  useEarlyEffect(() => {
    latest.current = props;
    if (element.current !== null) setProperties(element.current, props);
  });
  useEarlyEffect(() => (element.current === null ? undefined : listen(element.current, latest)), []);
  const { children, className, id, lang, style, disabled } = props;
  const written = Object.entries(attributes).map(([prop, name]) => [name, propOf(props, prop) ?? undefined]);
  return createElement(
    'torque-gitlab-connect',
    {
      ref: element,
      class: className,
      id,
      lang,
      style,
      // A blank text is what React of every version writes as an attribute without a value.
      disabled: disabled ? '' : undefined,
      ...Object.fromEntries(written),
      suppressHydrationWarning: true,
    },
    children,
  );
});
TorqueGitlabConnect.displayName = 'TorqueGitlabConnect';

function propOf(props: object, name: string): unknown {
  return Object.entries(props).find(([key]) => key === name)?.[1];
}

function setProperties(element: TorqueGitlabConnectElement, props: TorqueGitlabConnectProps): void {
  const { getTorqueToken, fetch, entries, policy, messages, storage } = props;
  Object.assign(element, { getTorqueToken, fetch, policy, messages, storage });
  if (entries !== undefined) element.entries = entries;
}

/** The listeners of the latest drawing, as long as the component is there. */
function listen(element: TorqueGitlabConnectElement, latest: { readonly current: Listeners }): () => void {
  const stops = Object.entries(events).map(([prop, name]) => {
    const hear = (event: Event) => {
      const listener = propOf(latest.current, prop);
      if (typeof listener === 'function') listener(event);
    };
    element.addEventListener(name, hear);
    return () => element.removeEventListener(name, hear);
  });
  return () => {
    for (const stop of stops) stop();
  };
}
