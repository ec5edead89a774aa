// Prints what the small entry answers here.

import { checkRepositoryUrl, checkRepositoryUrls, checkToken, providerPayload } from 'torque-gitlab-connect/validate';

const baseUrl = 'https://gitlab.example.com';
const token = 'glpat-xyzzyxyzzyxyzzyxyzzy';
console.log(
  JSON.stringify({
    inside: checkRepositoryUrl(baseUrl, `${baseUrl}/group/project.git`).value.url,
    verdicts: [
      ...checkRepositoryUrls(baseUrl, [`${baseUrl}/group/project`, 'https://elsewhere.example/a/b']).value.verdicts,
    ],
    kind: checkToken(token, 'provider').value.kind,
    payload: providerPayload({ name: 'gitlab-1', baseUrl, token }).value.details.base_url,
  }),
);
