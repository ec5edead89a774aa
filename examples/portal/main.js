import 'torque-gitlab-connect/element/define';

const element = document.querySelector('torque-gitlab-connect');
const session = document.querySelector('meta[name="portal-session"]').content;

/** What the portal's own client does, Backstage's `fetchApi` for instance: its backend is told who asks, nobody else is. */
function portalFetch(input, init) {
  const request = new Request(input, init);
  if (new URL(request.url).origin === location.origin) request.headers.set('Authorization', `Bearer ${session}`);
  return fetch(request);
}

// The way to Torque is the portal's proxy. With a `fetch` of the portal's no Torque token is asked for.
element.portalUrl = new URL('api/torque/', location.href).href;
element.fetch = portalFetch;
// Where a person finds Torque, for the link at the end.
element.publicPortalUrl = document.querySelector('meta[name="torque"]').content;

element.addEventListener('torque-gitlab-connect-end', ({ report }) => {
  const connected = report.repositories.filter(({ outcome }) => outcome === 'connected');
  document.querySelector('#said').textContent = `${report.outcome}: ${connected.length} repositories`;
});
