// What a consumer does with the API: it checks, it refuses, it runs a job; the same answer wherever it runs.

const baseUrl = 'https://gitlab.example.com';
const token = 'glpat-xyzzyxyzzyxyzzyxyzzy';

/** `api` is the package. */
export async function use(api) {
  const { checkRepositoryUrl, checkRepositoryUrls, connect, init, providerSchema, WasmBlockedError } = api;
  try {
    await init();
  } catch (error) {
    if (error instanceof WasmBlockedError) return { blocked: error.code, message: error.message };
    throw error;
  }
  const inside = checkRepositoryUrl(baseUrl, `${baseUrl}/group/project.git`);
  const pasted = checkRepositoryUrl(baseUrl, 'git@gitlab.example.com:group/project.git');
  const list = checkRepositoryUrls(baseUrl, [`${baseUrl}/group/project`, 'https://elsewhere.example/a/b', 'x y']);
  const schema = providerSchema['~standard'].validate({ name: 'gitlab-1', baseUrl, token });
  const report = await connect(
    {
      portalUrl: 'https://portal.qtorque.io',
      space: 'demo',
      method: { kind: 'provider', name: 'gitlab-1', baseUrl, token },
      repositories: [{ url: `${baseUrl}/group/project` }],
    },
    { fetch: async () => new Response('{"message":"401 Unauthorized"}', { status: 401 }) },
  );
  return {
    inside: inside.value.url,
    suggestion: pasted.issues[0].suggestion,
    verdicts: [...list.value.verdicts],
    canonical: schema.value.baseUrl,
    job: [report.outcome, report.tokens[0].verdict],
  };
}

export const expected = {
  inside: 'https://gitlab.example.com/group/project',
  suggestion: 'https://gitlab.example.com/group/project',
  verdicts: [2, 1, 0],
  canonical: 'https://gitlab.example.com/',
  job: ['failed', 'reject'],
};
