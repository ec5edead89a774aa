const element = document.querySelector('torque-gitlab-connect');

// Requests to Torque go through the portal's server, with the cookie of the portal's session. It adds the Torque API token.
element.portalUrl = new URL('/api/torque/', location.href).href;
element.publicPortalUrl = 'https://portal.qtorque.io/';
element.getTorqueToken = () => null;

element.addEventListener('torque-gitlab-connect-end', ({ report }) => {
  const connected = report.repositories.filter(({ outcome }) => outcome === 'connected');
  document.querySelector('#said').textContent = `${report.outcome}: ${connected.length} repositories`;
});
