/** The element behind `torqueProxy` in servers that portals have: from the empty form to connected repositories. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as express from '../../examples/servers/express.mjs';
import * as hono from '../../examples/servers/hono.mjs';
import { inBrowser, serialised } from './support.mjs';

const here = inBrowser();

for (const [name, { start }] of Object.entries({ express, hono })) {
  describe(name, () => {
    const startServer = async () => {
      const { torque, torqueTokens } = here.sandbox;
      const server = await start({ torque, torqueToken: torqueTokens.admin });
      here.afterwards.push(server.close);
      return server;
    };

    it('connects for who is signed in, without any Torque token in the browser', async () => {
      const { origin } = await startServer();
      const page = await here.open({ address: origin });
      await page.toRepositories();
      await page.typeRepository(1, page.repository('platform/terraform-modules'));
      await page.press('Continue');
      await page.heading('Your Torque space');
      await page.type('Space', here.sandbox.space);
      await page.press('Continue');
      await page.heading('Review and connect');
      await page.press('Connect');
      await page.heading('Connected');
      const isSaid = () => document.querySelector('#said').textContent === 'connected: 1 repositories';
      await page.until('what the page says', isSaid);
      assert.ok(!(await page.driver.executeScript(serialised)).includes(here.sandbox.torqueTokens.admin));
      const asked = await page.run(() => performance.getEntriesByType('resource').map(({ name }) => name));
      assert.ok(
        asked.some((url) => url.startsWith(`${origin}api/torque/`)),
        `${asked}`,
      );
      assert.ok(!asked.some((url) => url.startsWith(here.sandbox.torque)), 'Torque is reached by the server alone');
    });

    it('passes nothing on for others', async () => {
      const { origin } = await startServer();
      const [cookie] = (await fetch(origin)).headers.getSetCookie()[0].split(';');
      const ask = async (path, headers) => (await fetch(`${origin}api/torque/${path}`, { headers })).status;
      const list = `api/spaces/${here.sandbox.space}/repositories`;
      assert.equal(await ask(list, { cookie }), 200);
      assert.equal(await ask(list), 403);
      assert.equal(await ask(list, { cookie: 'session=other' }), 403);
      assert.equal(await ask(list, { cookie, origin: 'https://evil.example' }), 403);
      assert.equal(await ask('api/spaces', { cookie }), 404);
      assert.equal(await ask('api/spaces/%2e%2e%2fsettings/repositories', { cookie }), 404);
    });
  });
}
