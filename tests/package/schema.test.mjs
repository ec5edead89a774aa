// The Standard Schemas: canonical input out, errors with paths, and never a throw.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { planSchema, providerSchema, repositorySchema } from 'torque-gitlab-connect';
import { TOKEN } from './support.mjs';

const validate = (schema, value) => schema['~standard'].validate(value);

/** A canonical input is its own canonical input. */
function assertCanonical(schema, input, expected) {
  assert.deepEqual(validate(schema, input), { value: expected });
  assert.deepEqual(validate(schema, expected), { value: expected });
}

test('a provider: the base URL ends in a slash, blanks are gone, the type is spelled as on the wire', () => {
  assertCanonical(
    providerSchema,
    { name: ' gitlab-1 ', type: 'gitlabEnterprise', baseUrl: 'HTTPS://GitLab.Example.com:443', token: ` ${TOKEN}\n` },
    { name: 'gitlab-1', type: 'gitLabEnterprise', baseUrl: 'https://gitlab.example.com/', token: TOKEN },
  );
});

test('a repository: what was not given stays away', () => {
  assertCanonical(
    repositorySchema,
    { url: 'https://GitLab.Example.com/group/project.git', branch: undefined, autoRegister: false },
    { url: 'https://gitlab.example.com/group/project', autoRegister: false },
  );
  assertCanonical(
    repositorySchema,
    {
      url: 'https://gitlab.example.com/gitlab/group/project.git',
      baseUrl: 'https://gitlab.example.com/gitlab',
      name: ' network ',
      branch: ' main ',
      token: ` ${TOKEN} `,
      credentialName: ' shared ',
      agents: [' agent-1 ', 'agent-2'],
      autoRegister: true,
    },
    {
      url: 'https://gitlab.example.com/gitlab/group/project',
      baseUrl: 'https://gitlab.example.com/gitlab/',
      name: 'network',
      branch: 'main',
      token: TOKEN,
      credentialName: 'shared',
      agents: ['agent-1', 'agent-2'],
      autoRegister: true,
    },
  );
});

test('a branch of blanks is empty, which means none', () => {
  const url = 'https://gitlab.example.com/group/project';
  assertCanonical(repositorySchema, { url, branch: ' ' }, { url, branch: '' });
});

test('a repository outside its base URL', () => {
  const { issues } = validate(repositorySchema, {
    url: 'https://gitlab.example.com.evil.example/a/b',
    baseUrl: 'https://gitlab.example.com/',
  });
  assert.equal(issues.length, 1);
  assert.equal(issues[0].code, 'repository_url.outside_base_url');
  assert.deepEqual(issues[0].path, ['url']);
});

test('a plan, in each of its methods', () => {
  assertCanonical(
    planSchema,
    {
      portalUrl: 'https://Portal.QTorque.io',
      torqueToken: ' torque ',
      space: ' demo ',
      method: { kind: 'provider', name: ' gitlab-1 ', baseUrl: 'https://gitlab.example.com', token: ` ${TOKEN}` },
      repositories: [
        { url: 'https://gitlab.example.com/a/b.git' },
        { url: 'https://gitlab.example.com/a/c/', name: ' c ', branch: ' main ', agents: [' agent '] },
      ],
      policy: { pollMs: 1000, requiredScopes: ['read_repository'] },
      publicPortalUrl: 'https://torque.qtorque.io',
    },
    {
      portalUrl: 'https://portal.qtorque.io/',
      torqueToken: 'torque',
      space: 'demo',
      method: { kind: 'provider', name: 'gitlab-1', baseUrl: 'https://gitlab.example.com/', token: TOKEN },
      repositories: [
        { url: 'https://gitlab.example.com/a/b' },
        { url: 'https://gitlab.example.com/a/c', name: 'c', branch: 'main', agents: ['agent'] },
      ],
      policy: { pollMs: 1000, requiredScopes: ['read_repository'] },
      publicPortalUrl: 'https://torque.qtorque.io/',
    },
  );
  const plan = { portalUrl: 'https://portal.qtorque.io/', space: 'demo' };
  assertCanonical(
    planSchema,
    {
      ...plan,
      method: { kind: 'provider', baseUrl: 'https://gitlab.example.com', existing: true },
      repositories: [{ url: 'https://gitlab.example.com/a/b' }],
    },
    {
      ...plan,
      method: { kind: 'provider', baseUrl: 'https://gitlab.example.com/', existing: true },
      repositories: [{ url: 'https://gitlab.example.com/a/b' }],
    },
  );
  assertCanonical(
    planSchema,
    {
      ...plan,
      method: { kind: 'token_per_repository' },
      repositories: [{ url: 'https://h.example/a/b', token: TOKEN }],
    },
    {
      ...plan,
      method: { kind: 'token_per_repository' },
      repositories: [{ url: 'https://h.example/a/b', token: TOKEN }],
    },
  );
});

test('a plan without repositories needs no space, and stays as it is', () => {
  const method = { kind: 'provider', name: 'gitlab-1', baseUrl: 'https://gitlab.example.com/', token: TOKEN };
  const plan = { portalUrl: 'https://portal.qtorque.io/', space: '', method, repositories: [] };
  assertCanonical(planSchema, plan, plan);
});

test('all errors of a plan at once, each with its path; warnings are left to the checks', () => {
  const { issues } = validate(planSchema, {
    portalUrl: 'http://portal.qtorque.io',
    space: '..',
    method: { kind: 'provider', name: 'gitlab-1', baseUrl: 'http://gitlab.example.com' },
    repositories: [{ url: 'https://gitlab.example.com/a/b' }, { url: 'ssh://git@h/x' }],
  });
  assert.deepEqual(
    issues.map(({ code, path }) => `${code} ${path.join('.')}`),
    [
      'portal_url.http_not_allowed portalUrl',
      'name.dot_segment space',
      'plan.token_missing method.token',
      'repository_url.outside_base_url repositories.0.url',
      'repository_url.ssh_form repositories.1.url',
    ],
  );
});

test('whatever is validated, an error is an issue', () => {
  const hostile = new Proxy({}, { ownKeys: () => assert.fail('ownKeys') });
  for (const schema of [providerSchema, repositorySchema, planSchema]) {
    assert.equal(schema['~standard'].version, 1);
    assert.equal(schema['~standard'].vendor, 'torque-gitlab-connect');
    for (const value of [undefined, null, 'x', 1n, Symbol('s'), [], {}, hostile, { token: hostile, method: hostile }]) {
      const result = validate(schema, value);
      assert.ok(result.issues.length > 0);
      for (const issue of result.issues) assert.ok(issue.message.length > 0 && Array.isArray(issue.path));
    }
  }
});

test('where wasm is forbidden, that is the issue', () => {
  const output = execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { planSchema } from 'torque-gitlab-connect';
       WebAssembly.Module = function () { throw new WebAssembly.CompileError('forbidden by policy'); };
       console.log(JSON.stringify(planSchema['~standard'].validate({})));`,
    ],
    { encoding: 'utf8', cwd: fileURLToPath(new URL('.', import.meta.url)) },
  );
  const { issues } = JSON.parse(output);
  assert.equal(issues.length, 1);
  assert.match(issues[0].message, /'wasm-unsafe-eval'/);
});
