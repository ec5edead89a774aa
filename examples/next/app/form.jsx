'use client';

import { useEffect, useState } from 'react';
import { TorqueGitlabConnect } from 'torque-gitlab-connect/react';

/** Requests to Torque go through the portal's server, with the cookie of its session. It adds the Torque API token. */
export function Form() {
  const [portalUrl, setPortalUrl] = useState(null);
  const [said, setSaid] = useState('');
  useEffect(() => setPortalUrl(new URL('/api/torque/', location.href).href), []);
  return (
    <>
      {portalUrl && (
        <TorqueGitlabConnect
          portalUrl={portalUrl}
          publicPortalUrl="https://portal.qtorque.io/"
          getTorqueToken={() => null}
          onEnd={({ report }) => setSaid(report.outcome)}
        />
      )}
      <p role="status">{said}</p>
    </>
  );
}
