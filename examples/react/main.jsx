import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'torque-gitlab-connect/element/define';

// Made once: a new object at each render would be a new setting.
const messages = { 'action.connect': 'Connect to Torque' };

function Onboarding() {
  const [report, setReport] = useState(null);
  return (
    <main>
      <h1>New repositories</h1>
      {/* React 19 sets properties where the element has them, and listens to any event by `on` and its name. */}
      <torque-gitlab-connect
        method="provider"
        messages={messages}
        ontorque-gitlab-connect-end={(event) => setReport(event.report)}
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
