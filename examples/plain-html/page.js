document.addEventListener('torque-gitlab-connect-end', ({ report }) => {
  const connected = report.repositories.filter(({ outcome }) => outcome === 'connected');
  document.querySelector('#said').textContent = `${report.outcome}: ${connected.length} repositories`;
});
