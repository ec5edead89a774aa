/** A Backstage plugin whose page is the form. In a plugin package of your own this is `src/plugin.tsx`. */

import { Content, Header, Page } from '@backstage/core-components';
import {
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import { useEffect, useRef, useState } from 'react';

const routeRef = createRouteRef({ id: 'torque-gitlab-connect' });

export const torquePlugin = createPlugin({ id: 'torque-gitlab-connect', routes: { root: routeRef } });

/** For the app's routes: `<Route path="/torque" element={<TorquePage />} />`. */
export const TorquePage = torquePlugin.provide(
  createRoutableExtension({ name: 'TorquePage', mountPoint: routeRef, component: async () => Connect }),
);

function Connect() {
  const element = useRef(null);
  const discovery = useApi(discoveryApiRef);
  const { fetch: fetchAsUser } = useApi(fetchApiRef);
  const [isLoaded, setLoaded] = useState(false);
  useEffect(() => {
    // Only this page loads the form.
    import('torque-gitlab-connect/element/define').then(() => setLoaded(true));
  }, []);
  useEffect(() => {
    const { current } = element;
    if (!isLoaded || current === null) return;
    discovery.getBaseUrl('proxy').then((proxy) => {
      // Backstage's proxy adds the Torque API token, so the browser needs none.
      current.portalUrl = `${proxy}/torque/`;
      current.publicPortalUrl = 'https://portal.qtorque.io/';
      current.getTorqueToken = () => null;
      // What goes to the proxy carries Backstage's session; GitLab must not get it.
      current.fetch = (url, init, { to }) => (to === 'torque' ? fetchAsUser(url, init) : fetch(url, init));
    });
  }, [isLoaded, discovery, fetchAsUser]);
  return (
    <Page themeId="tool">
      <Header title="Connect GitLab to Torque" />
      <Content>
        <torque-gitlab-connect ref={element} heading-level="2" />
      </Content>
    </Page>
  );
}
