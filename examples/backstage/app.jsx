/** The smallest Backstage app: its own has many plugins. */

import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { createRoot } from 'react-dom/client';
import { Navigate, Route } from 'react-router-dom';
import { TorquePage } from './plugin.jsx';

const app = createApp();

const App = app.createRoot(
  <AppRouter>
    <FlatRoutes>
      <Route path="/" element={<Navigate to="/torque" />} />
      <Route path="/torque" element={<TorquePage />} />
    </FlatRoutes>
  </AppRouter>,
);

createRoot(document.querySelector('#root')).render(<App />);
