import 'torque-gitlab-connect/element/define';

const element = document.querySelector('torque-gitlab-connect');
const session = document.querySelector('meta[name="portal-session"]').content;

// The way to Torque is the portal's proxy. It has the Torque token, so the browser needs none.
element.portalUrl = new URL('api/torque/', location.href).href;
element.getTorqueToken = () => null;

// The proxy wants to know who asks: what the portal's own client does, Backstage's `fetchApi` for instance. GitLab must not
// get the session, so it goes with what is sent to Torque alone.
element.fetch = (url, init, { to }) => {
  const request = new Request(url, init);
  if (to === 'torque') request.headers.set('Authorization', `Bearer ${session}`);
  return fetch(request);
};
// Where a person finds Torque, for the link at the end.
element.publicPortalUrl = document.querySelector('meta[name="torque"]').content;

element.addEventListener('torque-gitlab-connect-end', ({ report }) => {
  const connected = report.repositories.filter(({ outcome }) => outcome === 'connected');
  document.querySelector('#said').textContent = `${report.outcome}: ${connected.length} repositories`;
});
