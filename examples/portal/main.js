// A chunk of its own: only the page with the form loads it.
await import('torque-gitlab-connect/element/define');

const element = document.querySelector('torque-gitlab-connect');
const session = document.querySelector('meta[name="portal-session"]').content;

// Requests to Torque go through the portal's proxy. It adds the Torque API token, so the browser needs none.
element.portalUrl = new URL('api/torque/', location.href).href;
element.getTorqueToken = () => null;

// The proxy checks the session, as the portal's own client sends it, for example Backstage's `fetchApi`. GitLab must not get the session,
// so only requests to Torque carry it.
element.fetch = (url, init, { to }) => {
  const request = new Request(url, init);
  if (to === 'torque') request.headers.set('Authorization', `Bearer ${session}`);
  return fetch(request);
};
// Torque as a browser reaches it, for the link at the end.
element.publicPortalUrl = document.querySelector('meta[name="torque"]').content;

element.addEventListener('torque-gitlab-connect-end', ({ report }) => {
  const connected = report.repositories.filter(({ outcome }) => outcome === 'connected');
  document.querySelector('#said').textContent = `${report.outcome}: ${connected.length} repositories`;
});
