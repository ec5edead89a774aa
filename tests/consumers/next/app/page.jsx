// Rendered on the server: the API runs there, and the element's module is only imported.

import * as api from 'torque-gitlab-connect';
import { use } from '../../app/use.js';
import { Connect } from './connect.jsx';

export default async function Page() {
  const answer = await use(api);
  return (
    <main>
      <output id="server">{JSON.stringify(answer)}</output>
      <Connect />
    </main>
  );
}
