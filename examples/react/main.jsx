import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { TorqueGitlabConnect } from 'torque-gitlab-connect/react';

function Onboarding() {
  const [report, setReport] = useState(null);
  return (
    <main>
      <h1>New repositories</h1>
      <TorqueGitlabConnect
        method="provider"
        messages={{ 'action.connect': 'Connect to Torque' }}
        onEnd={(event) => setReport(event.report)}
      />
      {report !== null && (
        <p id="said" role="status">
          {report.outcome}: {report.repositories.filter(({ outcome }) => outcome === 'connected').length} repositories
        </p>
      )}
    </main>
  );
}

createRoot(document.querySelector('#root')).render(
  <StrictMode>
    <Onboarding />
  </StrictMode>,
);
