/** What the tests ask, asked by `@gitbeaker/rest`. */

import { Gitlab } from '@gitbeaker/rest';

export const name = '@gitbeaker/rest';

/** It is a development dependency of the workspace: importing it has shown that it is there. */
export const prepare = async () => {};

export const token = (server) => ask(server, (gitlab) => gitlab.PersonalAccessTokens.show());

export const project = (server, path) => ask(server, (gitlab) => gitlab.Projects.show(path));

export const projects = (server, search) =>
  ask(server, (gitlab) =>
    gitlab.Projects.all({
      ...(search && { search, searchNamespaces: true }),
      membership: true,
      simple: true,
      orderBy: 'id',
      sort: 'asc',
      pagination: 'keyset',
      perPage: 100,
    }),
  );

/** `{ answer }`, or `{ status }` of a refusal. */
async function ask({ baseUrl, token, bearer }, question) {
  const gitlab = new Gitlab({
    host: baseUrl.replace(/\/$/, ''),
    ...(bearer ? { oauthToken: token } : { token }),
  });
  try {
    return { answer: await question(gitlab) };
  } catch (error) {
    // Once it has given up repeating, it tells the status in words only.
    const status = error.cause?.response?.status ?? Number(/status code: (\d+)/.exec(error.message)?.[1]);
    if (!status) throw error;
    return { status };
  }
}
