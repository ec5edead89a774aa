/** The sandbox's GitLab, met by clients that others wrote for the real one: what they cannot read is wrong here. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as gitbeaker from './gitbeaker.mjs';
import * as pythonGitlab from './python-gitlab.mjs';
import { startSandbox } from './sandbox.mjs';

for (const client of [gitbeaker, pythonGitlab]) {
  describe(client.name, () => {
    let sandbox;

    before(async () => {
      await client.prepare();
      sandbox = await startSandbox();
    });
    after(() => sandbox?.stop());

    const server = (token, baseUrl = sandbox.gitlab.baseUrl) => ({ baseUrl, token: sandbox.token(token) });

    it('reads what a token is, by either header', async () => {
      for (const bearer of [false, true]) {
        const { answer } = await client.token({ ...server('provider_good'), bearer });
        assert.equal(answer.name, 'provider_good');
        assert.deepEqual(answer.scopes, ['read_api', 'read_repository']);
        assert.deepEqual([answer.active, answer.revoked, answer.expires_at], [true, false, null]);
      }
      const { answer } = await client.token(server('repository_good'));
      assert.deepEqual(answer.scopes, ['read_repository']);
      assert.match(answer.expires_at, /^\d{4}-\d\d-\d\d$/);
    });

    it('reads tokens of every kind that can be read', async () => {
      for (const name of ['group_token', 'service_account', 'no_prefix', 'custom_prefix', 'api', 'fine_grained']) {
        const { answer } = await client.token(server(name));
        assert.deepEqual([answer.name, answer.active], [name, true]);
      }
    });

    it('finds a project by its path', async () => {
      const { answer } = await client.project(server('provider_good'), 'platform/network/edge/load-balancer');
      assert.equal(answer.path_with_namespace, 'platform/network/edge/load-balancer');
      assert.equal(answer.web_url, `${sandbox.gitlab.baseUrl}platform/network/edge/load-balancer`);
      assert.equal(answer.default_branch, 'main');
      assert.equal(answer.namespace.full_path, 'platform/network/edge');
    });

    it('follows a project that was moved', async () => {
      const { answer } = await client.project(server('provider_good'), 'infrastructure/terraform');
      assert.equal(answer.path_with_namespace, 'platform/terraform-modules');
    });

    it('lists every project that the token reaches, page by page', async () => {
      const { answer } = await client.projects(server('provider_good'));
      const paths = answer.map((project) => project.path_with_namespace);
      assert.equal(new Set(paths).size, paths.length, 'none comes twice');
      const units = Array.from({ length: 250 }, (_, index) => `fleet/unit-${String(index + 1).padStart(3, '0')}`);
      const listed = paths.filter((path) => path.startsWith('fleet/'));
      assert.deepEqual(listed, units);
      assert.ok(paths.includes('platform/Helm.Charts_2') && !paths.includes('research/secret-lab'));
    });

    it('searches names and the groups above them', async () => {
      const { answer } = await client.projects(server('provider_good'), 'network/edge');
      assert.deepEqual(
        answer.map((project) => project.path_with_namespace),
        ['platform/network/edge/load-balancer'],
      );
    });

    it('understands each refusal', async () => {
      const { old, rateLimited, passwordProxy, otherProduct } = sandbox.gitlab;
      assert.deepEqual(await client.token(server('expired')), { status: 401 });
      assert.deepEqual(await client.token(server('revoked')), { status: 401 });
      assert.deepEqual(await client.token(server('dpop_required')), { status: 401 });
      assert.deepEqual(await client.token(server('deploy_token')), { status: 401 });
      assert.deepEqual(await client.token(server('job_token')), { status: 401 });
      assert.deepEqual(await client.token({ ...server('oauth_token'), bearer: true }), { status: 400 });
      assert.deepEqual(await client.token(server('fine_grained_refused')), { status: 403 });
      assert.deepEqual(await client.token(server('blocked_user')), { status: 403 });
      assert.deepEqual(await client.project(server('repository_good'), 'payments/ledger'), { status: 403 });
      assert.deepEqual(await client.project(server('provider_good'), 'research/secret-lab'), { status: 404 });
      assert.deepEqual(await client.token(server('provider_good', old)), { status: 404 });
      assert.deepEqual(await client.token(server('provider_good', rateLimited)), { status: 429 });
      assert.deepEqual(await client.token(server('provider_good', passwordProxy)), { status: 401 });
      assert.deepEqual(await client.token(server('provider_good', otherProduct)), { status: 401 });
    });
  });
}
